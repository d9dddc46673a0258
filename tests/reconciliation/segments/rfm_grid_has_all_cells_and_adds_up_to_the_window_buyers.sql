-- Heads and net sales of the cells are those of the ledger, to the cent.
with

grid as (

    select * from {{ ref('agg_rfm_grid') }}

),

scores as (

    select * from {{ ref('rule_rfm_scores') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

parts as (

    select
        count(*) as cell_count,
        coalesce(sum(customer_count), 0) as customer_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount

    from grid

),

scale as (

    select count(*) * count(*) as cell_count
    from scores

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
    scale.cell_count as expected_cell_count,
    whole.customer_count as expected_customer_count,
    whole.net_sales_amount as expected_net_sales_amount

from parts
cross join scale
cross join whole
where
    parts.cell_count != scale.cell_count
    or parts.customer_count != whole.customer_count
    or parts.net_sales_amount != whole.net_sales_amount
