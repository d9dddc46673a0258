-- Cohorts at the same age, side by side: who still buys, and what they have brought.
with

cells as (

    select * from {{ ref('agg_cohort_months') }}
    where is_complete_month

)

select
    cohort_month,
    customer_count,
    is_left_censored,
    max(case when months_since = 1 then retention_rate end) as month_1_rate,
    max(case when months_since = 3 then retention_rate end) as month_3_rate,
    max(case when months_since = 6 then retention_rate end) as month_6_rate,
    max(case when months_since = 12 then retention_rate end) as month_12_rate,
    max(case when months_since = 3 then average_cumulative_net_sales_amount end)
        as month_3_average_amount,
    max(case when months_since = 6 then average_cumulative_net_sales_amount end)
        as month_6_average_amount

from cells
group by
    cohort_month,
    customer_count,
    is_left_censored
order by cohort_month asc nulls last
