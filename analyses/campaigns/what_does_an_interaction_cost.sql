-- 平均客户交互成本, 按渠道提供支持的代价: contacts and requests for service by channel and by
-- segment.
select
    breakdown_code,
    value_name,
    value_name_zh,
    interaction_count,
    costed_interaction_count,
    interaction_cost_amount,
    cost_per_interaction,
    kept_customer_count,
    interaction_cost_per_kept_customer,
    service_cost_amount

from {{ ref('agg_acquisition_costs') }}
where interaction_count > 0
order by
    breakdown_code asc nulls last,
    interaction_cost_amount desc nulls last,
    breakdown_value asc nulls last
