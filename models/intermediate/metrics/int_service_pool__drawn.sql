-- Customers who never asked for service, to hold served ones against: a fixed draw by
-- hash, so that a million customers cost no more than a few thousand.
with

customers as (

    select * from {{ ref('fct_customers') }}
    where first_purchase_on is not null

),

limits as (

    select cast(max(limit_value) as bigint) as pool_customers
    from {{ ref('rule_service_effect_limits') }}
    where limit_code = 'pool_customers'

),

tickets as (

    select * from {{ ref('fct_service_tickets') }}

),

drawn as (

    select
        customers.customer_id,
        customers.first_purchase_on

    from customers
    cross join limits
    left join tickets on customers.customer_id = tickets.customer_id
    where tickets.customer_id is null
    qualify row_number() over (
        order by
            {{ crm_warehouse.row_digest(['customers.customer_id']) }} asc,
            customers.customer_id asc
    ) <= limits.pool_customers

)

select * from drawn
