-- Of the company: buyers of days are purchase days of customers, new customers all who
-- ever bought, and on the last day as many are active as the lifecycle says.
with

days as (

    select
        coalesce(sum(buyer_count), 0) as buyer_count,
        coalesce(sum(new_customer_count), 0) as new_customer_count,
        coalesce(sum(active_customer_count) filter (where day_on = as_of_on), 0)
            as active_customer_count

    from {{ ref('agg_daily_metrics') }}
    where scope_code = 'company'

),

months as (

    select
        coalesce(sum(buyer_count), 0) as buyer_count,
        coalesce(sum(new_customer_count), 0) as new_customer_count

    from {{ ref('agg_monthly_metrics') }}
    where scope_code = 'company'

),

customers as (

    select
        coalesce(sum(purchase_day_count), 0) as purchase_day_count,
        count(first_purchase_on) as customer_count

    from {{ ref('fct_customers') }}

),

customer_months as (

    select count(*) as buyer_count
    from (
        select
            customer_id,
            {{ month_start('sold_on') }} as metric_month
        from {{ ref('fct_customer_days') }}
        where is_purchase_day
        group by all
    ) as bought

),

standings as (

    select count(*) as active_count
    from {{ ref('fct_customer_standings') }}
    where activity_status in ('active', 'reactivated')

)

select
    days.*,
    months.buyer_count as month_buyer_count,
    customers.*,
    customer_months.buyer_count as expected_month_buyer_count,
    standings.*

from days
cross join months
cross join customers
cross join customer_months
cross join standings
where
    days.buyer_count != customers.purchase_day_count
    or days.new_customer_count != customers.customer_count
    or months.new_customer_count != customers.customer_count
    or months.buyer_count != customer_months.buyer_count
    or days.active_customer_count != standings.active_count
