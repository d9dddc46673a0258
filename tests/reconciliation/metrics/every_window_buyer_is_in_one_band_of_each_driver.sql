-- The bands of each driver hold every window buyer and all of their net sales once.
with

bands as (

    select
        driver_code,
        sum(customer_count) as customer_count,
        sum(net_sales_amount) as net_sales_amount

    from {{ ref('agg_purchase_drivers') }}
    group by driver_code

),

customers as (

    select
        count(*) as customer_count,
        coalesce(sum(window_net_sales_amount), 0) as net_sales_amount

    from {{ ref('fct_customers') }}
    where is_window_buyer

)

select bands.*
from bands
cross join customers
where
    bands.customer_count != customers.customer_count
    or bands.net_sales_amount != customers.net_sales_amount
