-- 客户的平均收入: net sales and margin of the month per customer who bought in it, by tier
-- of the customer at the end of the month.
with

tiers as (

    select
        customer_id,
        month_end_on,
        tier_code

    from {{ ref('fct_customer_months') }}

),

bought as (

    select
        customer_id,
        {{ month_end('sold_on') }} as month_end_on,
        sum(net_sales_amount) as net_sales_amount,
        sum(margin_amount) as margin_amount,
        max(case when is_purchase_day then 1 else 0 end) as buyer_count

    from {{ ref('fct_customer_days') }}
    group by all

)

select
    bought.month_end_on,
    tiers.tier_code,
    sum(bought.buyer_count) as buyer_count,
    {{ safe_ratio('sum(bought.net_sales_amount)', 'sum(bought.buyer_count)') }}
        as average_net_sales_amount,
    {{ safe_ratio('sum(bought.margin_amount)', 'sum(bought.buyer_count)') }}
        as average_margin_amount

from bought
inner join tiers
    on bought.customer_id = tiers.customer_id
    and bought.month_end_on = tiers.month_end_on
group by bought.month_end_on, tiers.tier_code
order by bought.month_end_on desc nulls last, tiers.tier_code asc nulls last
