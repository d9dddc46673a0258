-- Both thresholds are set, with a value where the method needs one, within its bounds;
-- each quadrant has the levels that its code says.
with

thresholds as (

    select * from {{ ref('rule_value_thresholds') }}

),

quadrants as (

    select * from {{ ref('rule_value_quadrants') }}

),

checks as (

    select 'not both thresholds, sales_level and margin_known' as problem
    from thresholds
    having count(distinct threshold_code) != 2

    union all

    select concat('no value of ', threshold_code, ', or one out of bounds') as problem
    from thresholds
    where
        (method_code in ('absolute', 'percentile') and threshold_value is null)
        or (method_code = 'percentile' and threshold_value not between 0 and 1)

    union all

    select 'margin_known is no share' as problem
    from thresholds
    where
        threshold_code = 'margin_known'
        and (method_code != 'absolute' or threshold_value not between 0 and 1)

    union all

    select 'not the five quadrants' as problem
    from quadrants
    having count(distinct quadrant_code) != 5

    union all

    select concat('levels of ', quadrant_code, ' are not those of its code') as problem
    from quadrants
    where coalesce(sales_level || margin_level, 'margin_unknown') != quadrant_code

)

select * from checks
