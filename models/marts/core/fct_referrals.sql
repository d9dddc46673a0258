-- Who brought whom, and what came of it.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

facts as (

    select * from {{ ref('fct_customers') }}

),

referrals as (

    select
        customers.customer_id,
        customers.referred_by_customer_id,
        referrers.customer_id is not null as is_known_referrer,
        customers.known_on,
        facts.first_purchase_on,
        facts.purchase_day_count > 0 as is_buyer,
        facts.purchase_day_count,
        facts.net_sales_amount,
        facts.window_net_sales_amount,
        facts.as_of_on,
        facts.window_start_on,
        facts.window_month_count

    from customers
    inner join facts on customers.customer_id = facts.customer_id
    left join customers as referrers
        on customers.referred_by_customer_id = referrers.customer_id
    where customers.referred_by_customer_id is not null

)

select * from referrals
