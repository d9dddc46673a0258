-- The pyramid: customers of each tier against the sales that they bring.
select
    tier_code,
    tier_name,
    tier_name_zh,
    customer_count,
    customer_share,
    net_sales_amount,
    net_sales_share,
    average_net_sales_amount,
    margin_rate,
    action,
    action_zh

from segments.agg_pyramid_tiers
order by tier_order asc
