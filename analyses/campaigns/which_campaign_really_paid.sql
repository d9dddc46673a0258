-- 促销…力度、成本 / 效能评估: what each campaign brought beyond its control, how sure that
-- is, and what is left of its cost; without a control, what matched customers did.
select
    campaign_id,
    campaign_name,
    effect_name,
    effect_name_zh,
    treatment_measured_count,
    control_measured_count,
    effect_per_customer,
    effect_lower_limit,
    effect_upper_limit,
    incremental_net_sales_amount,
    incremental_margin_amount,
    cost_amount,
    margin_return_on_investment_rate,
    is_sample_ratio_mismatch,
    matched_change_per_customer,
    censored_count,
    action,
    action_zh

from {{ ref('agg_campaign_effects') }}
order by
    incremental_net_sales_amount desc nulls last,
    campaign_id asc nulls last
