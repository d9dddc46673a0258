-- Customers whom silence will have lost by the end of next month unless they buy, and
-- who of them is late by their own rhythm already; the most valuable first.
{% set cooling_days = crm_warehouse.checked_integer('cooling_days', 1, 36500) -%}
with

standings as (

    select
        *,
        {{ crm_warehouse.date_add_days(
            'last_purchase_on', cooling_days + 1
        ) }} as would_lapse_on,
        {{ crm_warehouse.add_months(month_start('as_of_on'), 2) }} as horizon_on

    from {{ ref('fct_customer_standings') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

)

select
    standings.customer_id,
    standings.would_lapse_on,
    standings.last_purchase_on,
    standings.recency_days,
    standings.tier_code,
    standings.segment_name,
    standings.segment_name_zh,
    standings.net_sales_amount,
    standings.overdue_ratio,
    standings.is_overdue,
    customers.region

from standings
inner join customers on standings.customer_id = customers.customer_id
where
    standings.would_lapse_on > standings.as_of_on
    and standings.would_lapse_on < standings.horizon_on
order by
    standings.net_sales_amount desc nulls last,
    standings.customer_id asc nulls last
