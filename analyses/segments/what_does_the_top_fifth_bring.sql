-- 20%的大客戶帶來80%利潤: the shares of the tiers, summed from the best one down.
select
    tier_code,
    tier_name,
    cumulative_share as planned_customer_share,
    sum(customer_share) over (order by tier_order asc nulls last)
        as cumulative_customer_share,
    sum(net_sales_share) over (order by tier_order asc nulls last)
        as cumulative_net_sales_share,
    sum(margin_share) over (order by tier_order asc nulls last)
        as cumulative_margin_share

from {{ ref('agg_pyramid_tiers') }}
where cumulative_share is not null
order by tier_order asc nulls last
