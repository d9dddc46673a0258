-- 重要的節日…關懷問候: the best customers and who looks after them, festival by festival.
select
    festival_on,
    festival_name,
    festival_name_zh,
    owner_staff_id,
    sales_rank,
    customer_id,
    tier_name,
    tier_name_zh,
    allowed_channels,
    preferred_channel_name,
    action,
    action_zh

from {{ ref('lst_festivals') }}
order by
    festival_on asc nulls last,
    festival_code asc nulls last,
    sales_rank asc nulls last
