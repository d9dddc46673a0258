-- 重點客戶發現: the best customers first, with all that is known and thought of them.
select
    customer_id,
    tier_name,
    tier_name_zh,
    segment_name,
    segment_name_zh,
    quadrant_name,
    quadrant_name_zh,
    stage_name,
    stage_name_zh,
    activity_name,
    activity_name_zh,
    window_net_sales_amount,
    window_margin_rate,
    need_category,
    next_due_on,
    is_overdue,
    action,
    action_zh

from {{ ref('seg_customers') }}
order by
    sales_rank asc nulls last,
    customer_id asc nulls last
