-- 需求及購買規律: whom to remind of what, the longest overdue first, but whom to remind no
-- more last.
select
    customer_id,
    scope_code,
    category,
    due_on,
    overdue_ratio,
    band_name,
    band_name_zh,
    window_net_sales_amount,
    preferred_channel_name,
    preferred_channel_name_zh,
    action,
    action_zh

from {{ ref('lst_replenishments') }}
order by
    band_order asc nulls last,
    overdue_ratio desc nulls last,
    customer_id asc nulls last,
    scope_code asc nulls last,
    category asc nulls last
