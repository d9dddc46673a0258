-- 20%的大客戶帶來80%利潤: the tiers summed from the best one down, in shares of all.
with

tiers as (

    select * from {{ ref('agg_pyramid_tiers') }}

    where cumulative_share is not null

),

cumulated as (

    select
        tier_order,
        tier_code,
        tier_name,
        tier_name_zh,
        sum(customer_count) over (order by tier_order asc nulls last)
            as customer_count,
        sum(net_sales_amount) over (order by tier_order asc nulls last)
            as net_sales_amount,
        sum(margin_amount) over (order by tier_order asc nulls last)
            as margin_amount,
        sum(customer_count) over () as whole_count,
        sum(net_sales_amount) over () as whole_net_sales_amount,
        sum(margin_amount) over () as whole_margin_amount

    from tiers

)

select
    tier_code,
    tier_name,
    tier_name_zh,
    {{ safe_ratio('customer_count', 'whole_count') }} as customer_share,
    {{ safe_ratio('net_sales_amount', 'whole_net_sales_amount') }}
        as net_sales_share,
    {{ safe_ratio('margin_amount', 'whole_margin_amount') }} as margin_share

from cumulated
order by tier_order asc nulls last
