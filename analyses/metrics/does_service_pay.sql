-- 對每次服務與消費的效果: spending 30 days before and after service against customers who
-- bought as often and did not ask.
select
    breakdown_label,
    breakdown_label_zh,
    breakdown_value,
    event_count,
    matched_count,
    mean_before_amount,
    mean_after_amount,
    mean_matched_before_amount,
    mean_matched_after_amount,
    mean_effect_amount,
    effect_low_amount,
    effect_high_amount

from {{ ref('agg_service_effects') }}
order by breakdown_name asc, event_count desc, breakdown_value asc
