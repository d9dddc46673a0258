-- How many other customers each brought, and what those have bought so far. Where
-- nobody tells who brought them, nothing is known of anyone.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

bought as (

    select * from {{ ref('int_customers__bought') }}

),

referrals as (

    select
        customers.referred_by_customer_id as customer_id,
        count(*) as referral_count,
        coalesce(sum(bought.net_sales_amount), 0) as referred_sales_amount

    from customers

    left join bought
        on customers.customer_id = bought.customer_id

    where customers.referred_by_customer_id is not null

    group by customers.referred_by_customer_id

),

observed as (

    select max(referral_count) as most_referral_count from referrals

),

referring as (

    select
        customers.customer_id,
        coalesce(referrals.referral_count, 0) as referral_count,
        cast(coalesce(referrals.referred_sales_amount, 0) as decimal(18, 4))
            as referred_sales_amount

    from customers

    cross join observed

    left join referrals
        on customers.customer_id = referrals.customer_id

    where observed.most_referral_count is not null

)

select * from referring
