-- 推薦成交量: who brought other customers, how many of them bought, and for how much.
select
    referred_by_customer_id,
    count(*) as referral_count,
    count(*) filter (where is_buyer) as buyer_count,
    sum(net_sales_amount) as referred_sales_amount,
    min(known_on) as first_referral_on

from {{ ref('fct_referrals') }}
group by referred_by_customer_id
order by referred_sales_amount desc nulls last, referred_by_customer_id asc nulls last
limit 100
