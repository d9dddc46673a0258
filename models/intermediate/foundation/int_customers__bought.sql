-- Customer days added up, over all history and in the window.
with

days as (

    select * from {{ ref('fct_customer_days') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

flagged as (

    select
        days.*,
        days.sold_on >= told.window_start_on as is_in_window

    from days

    cross join told

),

bought as (

    select
        customer_id,
        min(sold_on) filter (where is_purchase_day) as first_purchase_on,
        max(sold_on) filter (where is_purchase_day) as last_purchase_on,
        count(*) filter (where is_purchase_day) as purchase_day_count,
        count(*) filter (where is_purchase_day and is_in_window)
            as window_purchase_day_count,
        cast(sum(ticket_count) as bigint) as ticket_count,
        cast(coalesce(sum(ticket_count) filter (where is_in_window), 0) as bigint)
            as window_ticket_count,
        cast(sum(return_count) as bigint) as return_count,
        cast(coalesce(sum(return_count) filter (where is_in_window), 0) as bigint)
            as window_return_count,
        cast(sum(unit_count) as decimal(18, 6)) as unit_count,
        cast(sum(unit_count) filter (where is_in_window) as decimal(18, 6))
            as window_unit_count,
        cast(sum(net_sales_amount) as decimal(18, 4)) as net_sales_amount,
        cast(sum(net_sales_amount) filter (where is_in_window) as decimal(18, 4))
            as window_net_sales_amount,
        cast(sum(return_amount) as decimal(18, 4)) as return_amount,
        cast(sum(return_amount) filter (where is_in_window) as decimal(18, 4))
            as window_return_amount,
        cast(sum(discount_amount) as decimal(18, 4)) as discount_amount,
        cast(sum(discount_amount) filter (where is_in_window) as decimal(18, 4))
            as window_discount_amount,
        cast(sum(margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(margin_amount) filter (where is_in_window) as decimal(18, 4))
            as window_margin_amount,
        cast(sum(margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount,
        cast(
            sum(margin_known_sales_amount) filter (where is_in_window)
            as decimal(18, 4)
        ) as window_margin_known_sales_amount

    from flagged

    group by customer_id

)

select * from bought
