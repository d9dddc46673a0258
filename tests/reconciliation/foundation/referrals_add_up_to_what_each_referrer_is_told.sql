-- A referrer's count and sales are those of the customers they brought; nobody brought
-- themselves.
with

referrals as (

    select
        referred_by_customer_id as customer_id,
        count(*) as referral_count,
        sum(net_sales_amount) as referred_sales_amount,
        count_if(customer_id = referred_by_customer_id) as self_count

    from {{ ref('fct_referrals') }}
    where is_known_referrer
    group by referred_by_customer_id

)

select
    customers.customer_id,
    customers.referral_count,
    customers.referred_sales_amount,
    referrals.referral_count as expected_referral_count,
    referrals.referred_sales_amount as expected_referred_sales_amount,
    referrals.self_count

from {{ ref('fct_customers') }} as customers
left join referrals on customers.customer_id = referrals.customer_id
where
    coalesce(customers.referral_count, 0) != coalesce(referrals.referral_count, 0)
    or coalesce(customers.referred_sales_amount, 0)
    != coalesce(referrals.referred_sales_amount, 0)
    or referrals.self_count > 0
