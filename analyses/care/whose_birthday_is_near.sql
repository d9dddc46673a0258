-- 生日: whom to congratulate in the days to come, and by which channel.
select
    birthday_on,
    customer_id,
    tier_name,
    tier_name_zh,
    owner_staff_id,
    home_store_id,
    allowed_channels,
    preferred_channel_name,
    preferred_channel_name_zh,
    action,
    action_zh

from {{ ref('lst_birthdays') }}
order by
    birthday_on asc nulls last,
    customer_id asc nulls last
