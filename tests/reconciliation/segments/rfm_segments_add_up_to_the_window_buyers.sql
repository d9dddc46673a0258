-- Heads and net sales of the segments are those of the ledger, to the cent.
with

segments as (

    select * from {{ ref('agg_rfm_segments') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

parts as (

    select
        coalesce(sum(customer_count), 0) as customer_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount

    from segments

),

whole as (

    select
        count(*) as customer_count,
        coalesce(sum(window_net_sales_amount), 0) as net_sales_amount

    from customers
    where is_window_buyer

)

select
    parts.*,
    whole.customer_count as expected_customer_count,
    whole.net_sales_amount as expected_net_sales_amount

from parts
cross join whole
where
    parts.customer_count != whole.customer_count
    or parts.net_sales_amount != whole.net_sales_amount
