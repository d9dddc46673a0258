-- Tickets of the window and of the one before it, as agg_contributions splits them.
{{ config(materialized='view') }}
{% set months = crm_warehouse.checked_integer('window_months', 1, 600) -%}
with

windows as (

    select
        max(window_start_on) as window_start_on,
        {{ crm_warehouse.add_months('max(window_start_on)', -months) }}
            as before_start_on

    from {{ ref('fct_customers') }}

),

last_tiers as (

    select min(tier_code) as tier_code
    from {{ ref('rule_pyramid_tiers') }}
    where cumulative_share is null

),

placed as (

    select
        tickets.transaction_id,
        coalesce(tickets.channel, 'unknown') as channel,
        case
            when tickets.customer_id is null then 'anonymous'
            else coalesce(standings.tier_code, last_tiers.tier_code)
        end as tier_code,
        tickets.sold_on >= windows.window_start_on as is_in_window,
        tickets.unit_count,
        tickets.net_sales_amount,
        tickets.margin_amount,
        tickets.margin_known_sales_amount,
        tickets.line_count

    from {{ ref('fct_transactions') }} as tickets
    cross join windows
    cross join last_tiers
    left join {{ ref('fct_customer_standings') }} as standings
        on tickets.customer_id = standings.customer_id
    where tickets.sold_on >= windows.before_start_on

)

select * from placed
