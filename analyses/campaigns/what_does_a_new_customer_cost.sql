-- 争取新客户的费用, 开发新客户是维护老客户成本的6-8倍: what a new customer costs by channel, when
-- that is paid back, and how it compares with keeping one.
select
    breakdown_code,
    breakdown_value,
    acquisition_cost_amount,
    new_customer_count,
    acquisition_cost_per_customer,
    monthly_margin_per_customer,
    payback_month_count,
    retention_cost_per_customer,
    acquisition_to_retention_rate,
    is_left_censored

from {{ ref('agg_acquisition_costs') }}
where breakdown_code in ('all', 'channel')
order by
    breakdown_code asc nulls last,
    acquisition_cost_per_customer desc nulls last,
    breakdown_value asc nulls last
