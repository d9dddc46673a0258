-- 客戶生命週期: how many stand at each stage, how many of them are lapsing, and what to do.
select
    stage_name,
    stage_name_zh,
    coalesce(activity_name, 'never bought') as activity_name,
    count(*) as customer_count,
    action,
    activity_action

from {{ ref('seg_lifecycle') }}

group by
    stage_order,
    stage_name,
    stage_name_zh,
    activity_name,
    action,
    activity_action

order by
    stage_order,
    activity_name
