-- Heads and net sales, to the cent.
with

households as (

    select
        coalesce(sum(customer_count), 0) as customer_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(window_net_sales_amount), 0) as window_net_sales_amount

    from {{ ref('fct_households') }}

),

customers as (

    select
        count(*) as customer_count,
        coalesce(sum(facts.net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(facts.window_net_sales_amount), 0) as window_net_sales_amount

    from {{ ref('dim_customers') }} as customers
    inner join {{ ref('fct_customers') }} as facts
        on customers.customer_id = facts.customer_id
    where customers.household_id is not null

)

select
    households.*,
    customers.customer_count as expected_customer_count,
    customers.net_sales_amount as expected_net_sales_amount,
    customers.window_net_sales_amount as expected_window_net_sales_amount

from households
cross join customers
where
    households.customer_count != customers.customer_count
    or households.net_sales_amount != customers.net_sales_amount
    or households.window_net_sales_amount != customers.window_net_sales_amount
