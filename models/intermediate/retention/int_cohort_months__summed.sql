-- What the customers of a first purchase month bought in each month from then on.
with

customers as (

    select
        customer_id,
        {{ month_start('first_purchase_on') }} as cohort_month

    from {{ ref('fct_customers') }}

    where first_purchase_on is not null

),

days as (

    select
        customer_id,
        {{ month_start('sold_on') }} as activity_month,
        is_purchase_day,
        net_sales_amount

    from {{ ref('fct_customer_days') }}

),

months as (

    select
        customers.cohort_month,
        days.activity_month,
        customers.customer_id,
        count(*) filter (where days.is_purchase_day) as purchase_day_count,
        sum(days.net_sales_amount) as net_sales_amount

    from customers
    inner join days on customers.customer_id = days.customer_id
    where days.activity_month >= customers.cohort_month
    group by
        customers.cohort_month,
        days.activity_month,
        customers.customer_id

),

summed as (

    select
        cohort_month,
        activity_month,
        count(*) filter (where purchase_day_count > 0) as buyer_count,
        cast(sum(purchase_day_count) as bigint) as purchase_day_count,
        cast(sum(net_sales_amount) as decimal(18, 4)) as net_sales_amount

    from months
    group by
        cohort_month,
        activity_month

)

select * from summed
