-- Each cohort has every month from its first to that of the as-of day, and no other;
-- the months add up to the purchase days of its customers.
with

cells as (

    select * from {{ ref('agg_cohort_months') }}

),

cohorts as (

    select
        cohort_month,
        as_of_on,
        count(*) as cell_count,
        min(months_since) as first_month_since,
        max(months_since) as last_month_since,
        max(activity_month) as last_month,
        sum(purchase_day_count) as purchase_day_count

    from cells
    group by
        cohort_month,
        as_of_on

),

customers as (

    select
        {{ month_start('first_purchase_on') }} as cohort_month,
        sum(purchase_day_count) as purchase_day_count

    from {{ ref('fct_customers') }}
    where first_purchase_on is not null
    group by {{ month_start('first_purchase_on') }}

)

select
    cohorts.*,
    customers.purchase_day_count as expected_purchase_day_count

from cohorts
full outer join customers on cohorts.cohort_month = customers.cohort_month
where
    cohorts.cohort_month is null
    or customers.cohort_month is null
    or cohorts.first_month_since != 0
    or cohorts.last_month_since + 1 != cohorts.cell_count
    or cohorts.last_month != {{ month_start('cohorts.as_of_on') }}
    or cohorts.purchase_day_count != customers.purchase_day_count
