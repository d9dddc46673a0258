-- Each customer who has bought, on each told day: what the rules are computed from. The
-- rows of the as-of day are those of fct_customers, whatever day of the month it is.
with

told_days as (

    select * from {{ ref('int_told_days__listed') }}

),

customers as (

    select
        customer_id,
        last_purchase_on,
        window_purchase_day_count as purchase_day_count,
        window_ticket_count as ticket_count,
        window_net_sales_amount as net_sales_amount,
        window_margin_amount as margin_amount,
        window_margin_known_sales_amount as margin_known_sales_amount

    from {{ ref('int_customers__bought') }}

),

windows as (

    select * from {{ ref('int_customer_months__windowed') }}

    union all

    select
        customers.customer_id,
        told_days.told_on,
        customers.purchase_day_count,
        customers.ticket_count,
        customers.net_sales_amount,
        customers.margin_amount,
        customers.margin_known_sales_amount,
        customers.last_purchase_on

    from customers
    inner join told_days on told_days.is_as_of

),

measured as (

    select
        windows.customer_id,
        windows.told_on,
        told_days.is_month_end,
        told_days.is_as_of,
        told_days.window_start_on,
        told_days.window_month_count,
        told_days.calibrated_on,
        windows.last_purchase_on >= told_days.window_start_on as is_window_buyer,
        purchases.first_purchase_on,
        windows.last_purchase_on,
        {{ crm_warehouse.days_between('windows.last_purchase_on', 'windows.told_on') }}
            as recency_days,
        purchases.purchase_day_number as purchase_day_count,
        purchases.came_back_on,
        purchases.purchase_day_number - 1 as gap_count,
        purchases.median_gap_days,
        {% for name in ('purchase_day', 'ticket') -%}
        coalesce(windows.{{ name }}_count, 0) as window_{{ name }}_count,
        {% endfor -%}
        coalesce(windows.{{ crm_warehouse.frequency_unit() }}_count, 0)
            as frequency_count,
        cast(coalesce(windows.net_sales_amount, 0) as decimal(18, 4))
            as net_sales_amount,
        windows.margin_amount,
        windows.margin_known_sales_amount

    from windows
    inner join told_days on windows.told_on = told_days.told_on
    -- Who has not bought yet has no last purchase day, and no standing.
    inner join {{ ref('int_purchase_days__spaced') }} as purchases
        on windows.customer_id = purchases.customer_id
        and windows.last_purchase_on = purchases.sold_on

)

select * from measured
