-- 儲值卡、積分: what lies on cards, what of it sleeps, and whether the books agree.
select
    unit_name,
    unit_name_zh,
    calendar_month,
    opening_balance,
    loaded,
    refunded,
    spent,
    expired,
    adjusted,
    closing_balance,
    unexplained_balance,
    liability_amount,
    overdrawn_amount,
    dormant_balance,
    dormant_share,
    breakage_rate,
    action

from {{ ref('agg_stored_value') }}
order by unit_code desc, calendar_month desc
