-- Who brought other customers, how many, and what those have bought so far.
with

customers as (

    select * from {{ ref('dim_customers') }}

    where referred_by_customer_id is not null

),

bought as (

    select * from {{ ref('int_customers__bought') }}

),

referring as (

    select
        customers.referred_by_customer_id as customer_id,
        count(*) as referral_count,
        cast(coalesce(sum(bought.net_sales_amount), 0) as decimal(18, 4))
            as referred_sales_amount

    from customers

    left join bought
        on customers.customer_id = bought.customer_id

    group by customers.referred_by_customer_id

)

select * from referring
