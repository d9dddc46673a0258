-- Heads, net sales and margin of the quadrants are those of the ledger, to the cent.
with

quadrants as (

    select * from {{ ref('agg_value_quadrants') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

    where is_window_buyer

),

parts as (

    select
        coalesce(sum(customer_count), 0) as customer_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(margin_amount), 0) as margin_amount

    from quadrants

),

whole as (

    select
        count(*) as customer_count,
        coalesce(sum(window_net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(window_margin_amount), 0) as margin_amount

    from customers

)

select
    parts.*,
    whole.customer_count as expected_customer_count,
    whole.net_sales_amount as expected_net_sales_amount,
    whole.margin_amount as expected_margin_amount

from parts
cross join whole
where
    parts.customer_count != whole.customer_count
    or parts.net_sales_amount != whole.net_sales_amount
    or parts.margin_amount != whole.margin_amount
