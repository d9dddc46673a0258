-- Shares of a scheme rise with the order of its classes, from above 0 up to 1.
with

classes as (

    select * from {{ ref('rule_usage_classes') }}

),

compared as (

    select
        *,
        coalesce(lag(cumulative_share) over (
            partition by scheme_code order by usage_order asc nulls last
        ), 0) as heavier_share,
        max(cumulative_share) over (partition by scheme_code) as whole_share,
        count(*) over (partition by scheme_code, usage_order) as order_count

    from classes

)

select *
from compared
where
    cumulative_share <= heavier_share
    or whole_share != 1
    or order_count != 1
