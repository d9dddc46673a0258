-- All customers with their net sales of the window, and all leads that are none.
with

base as (

    select
        breakdown_name,
        sum(customer_count) as customer_count,
        sum(coalesce(lead_count, 0)) as lead_count,
        sum(window_net_sales_amount) as window_net_sales_amount,
        sum(open_amount) as open_amount

    from {{ ref('agg_customer_base') }}
    group by breakdown_name

),

customers as (

    select
        count(*) as customer_count,
        sum(window_net_sales_amount) as window_net_sales_amount

    from {{ ref('fct_customers') }}

),

leads as (

    select count(*) as lead_count
    from {{ ref('fct_leads') }}
    where not is_converted and customer_id is null

),

whole as (

    select open_amount from base
    where breakdown_name = 'all'

)

select base.*

from base
cross join customers
cross join leads
cross join whole
where
    base.customer_count != customers.customer_count
    or base.lead_count != leads.lead_count
    or base.window_net_sales_amount is distinct from customers.window_net_sales_amount
    or base.open_amount is distinct from whole.open_amount
