-- And nobody else is in any.
with

categories as (

    select * from {{ ref('fct_customer_categories') }}

),

schemes as (

    select scheme_code
    from {{ ref('rule_usage_classes') }}
    group by scheme_code

),

usages as (

    select * from {{ ref('seg_usage') }}

),

counted as (

    select
        schemes.scheme_code,
        categories.category,
        categories.customer_id,
        categories.window_unit_count,
        categories.window_purchase_day_count,
        count(usages.usage_code) as class_count

    from categories
    cross join schemes
    left join usages
        on categories.customer_id = usages.customer_id
        and categories.category = usages.category
        and schemes.scheme_code = usages.scheme_code
    group by
        schemes.scheme_code,
        categories.category,
        categories.customer_id,
        categories.window_unit_count,
        categories.window_purchase_day_count

)

select *
from counted
where
    class_count != case
        when window_unit_count > 0 and window_purchase_day_count > 0 then 1 else 0
    end
