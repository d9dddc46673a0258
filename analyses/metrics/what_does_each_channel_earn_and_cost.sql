-- 按渠道提供支持的代价, 渠道成本: sales and margin of each channel, what it cost, how often it was
-- used, and whether its cost changed by use or by the cost of each use.
select
    channel,
    net_sales_amount,
    margin_amount,
    margin_rate,
    before_margin_rate,
    channel_cost_amount,
    before_channel_cost_amount,
    interaction_count,
    {{ safe_ratio('channel_cost_amount', 'interaction_count') }}
        as cost_per_interaction,
    {{ safe_ratio('before_channel_cost_amount', 'before_interaction_count') }}
        as before_cost_per_interaction,
    cost_volume_amount,
    cost_rate_amount

from {{ ref('agg_contributions') }}
where level_code = 'channel'
order by
    net_sales_amount desc nulls last,
    channel_cost_amount desc nulls last,
    channel asc nulls last
