-- What each campaign brought per customer beyond its control, with the 95 % interval.
select
    campaign_name,
    started_on,
    treatment_measured_count,
    control_measured_count,
    censored_count,
    effect_code,
    effect_name,
    effect_name_zh,
    effect_per_customer as effect_amount,
    effect_lower_limit as effect_lower_amount,
    effect_upper_limit as effect_upper_amount,
    incremental_net_sales_amount,
    cost_amount,
    action,
    action_zh

from campaigns.agg_campaign_effects
order by started_on desc nulls last, campaign_id desc
limit 15
