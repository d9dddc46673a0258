-- 客户与事件的细分…自动处理: the latest events, and what to do about each by which channel.
select
    event_on,
    event_name,
    event_name_zh,
    customer_id,
    due_on,
    event_amount,
    tier_code_before,
    tier_code,
    owner_staff_id,
    preferred_channel_name,
    preferred_channel_name_zh,
    action,
    action_zh

from {{ ref('fct_customer_events') }}
order by
    event_on desc nulls last,
    event_order asc nulls last,
    customer_id asc nulls last
