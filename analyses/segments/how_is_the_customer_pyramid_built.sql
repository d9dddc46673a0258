-- 優質客戶…前1%、5%、20%、80%: how many customers each tier holds and what it brings.
select
    tier_code,
    tier_name,
    tier_name_zh,
    customer_count,
    customer_share,
    net_sales_amount,
    net_sales_share,
    margin_share,
    average_net_sales_amount,
    threshold_amount,
    tie_count,
    action,
    action_zh

from {{ ref('agg_pyramid_tiers') }}
order by tier_order asc nulls last
