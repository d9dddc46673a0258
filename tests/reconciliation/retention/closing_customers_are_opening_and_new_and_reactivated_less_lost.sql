-- And the next month opens with what the last one closed with; so do the lost.
with

months as (

    select * from {{ ref('agg_churn_months') }}

),

followed as (

    select
        *,
        lag(closing_count, 1, 0) over (
            partition by definition_code order by month_end_on asc nulls last
        ) as last_closing_count,
        lag(closing_lost_count, 1, 0) over (
            partition by definition_code order by month_end_on asc nulls last
        ) as last_closing_lost_count

    from months

)

select *
from followed
where
    closing_count != opening_count + new_count + reactivated_count - lost_count
    or opening_count != last_closing_count
    or opening_lost_count != last_closing_lost_count
    or lost_count > opening_count
    or reactivated_count > opening_lost_count
