-- 接触频率、处理原则: how many customers each channel reaches, and why not the others.
select
    channel_name,
    channel_name_zh,
    permission_name,
    permission_name_zh,
    customer_count,
    customer_share,
    cap_contact_count,
    cap_day_count,
    quiet_day_count,
    action,
    action_zh

from {{ ref('agg_contact_permissions') }}
order by
    channel_order asc nulls last,
    permission_order asc nulls last
