-- 減少投訴率: waiting, complaints and repeats of the window, by kind and by channel.
select
    breakdown_label,
    breakdown_label_zh,
    breakdown_value,
    request_count,
    open_count,
    median_reply_hours,
    median_resolution_hours,
    complaint_count,
    complaints_per_thousand,
    repeat_complaint_rate,
    cost_amount,
    mean_cost_amount

from {{ ref('agg_service') }}
where period_type = 'window'
order by breakdown_name asc, request_count desc, breakdown_value asc
