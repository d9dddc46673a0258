-- Customers by the month of their first purchase, and whether that may be a later one.
with

customers as (

    select * from {{ ref('fct_customers') }}

),

history as (

    select min(sold_on) as history_start_on
    from {{ ref('fct_customer_days') }}

),

counted as (

    select
        {{ month_start('first_purchase_on') }} as cohort_month,
        as_of_on,
        count(*) as customer_count

    from customers
    where first_purchase_on is not null
    group by
        {{ month_start('first_purchase_on') }},
        as_of_on

),

-- Who had been silent for cooling_days before would count as lost, and so as new.
cohorts as (

    select
        counted.cohort_month,
        counted.customer_count,
        cast(sum(counted.customer_count) over () as bigint) as population_count,
        {{ crm_warehouse.days_between(
            'history.history_start_on', 'counted.cohort_month'
        ) }} <= {{ crm_warehouse.checked_integer('cooling_days', 1, 36500) }}
            as is_left_censored,
        history.history_start_on,
        counted.as_of_on

    from counted
    cross join history

)

select * from cohorts
