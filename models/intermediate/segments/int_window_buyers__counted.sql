-- The whole that the shares are of: N, its sales and margin, and all customers beside.
with

customers as (

    select * from {{ ref('fct_customers') }}

),

counted as (

    select
        max(as_of_on) as as_of_on,
        max(window_start_on) as window_start_on,
        max(window_month_count) as window_month_count,
        cast(count(*) as bigint) as customer_base_count,
        cast(count_if(is_window_buyer) as bigint) as population_count,
        cast(
            sum(window_net_sales_amount) filter (where is_window_buyer)
            as decimal(18, 4)
        ) as net_sales_amount,
        cast(
            sum(window_margin_amount) filter (where is_window_buyer)
            as decimal(18, 4)
        ) as margin_amount

    from customers

)

select * from counted
