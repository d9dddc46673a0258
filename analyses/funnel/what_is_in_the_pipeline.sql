-- 商机情况: open and weighted value by stage and age, the latest stage first.
select
    stage_name,
    stage_name_zh,
    age_name,
    age_name_zh,
    sum(opportunity_count) as opportunity_count,
    sum(open_amount) as open_amount,
    max(win_rate) as win_rate,
    sum(weighted_amount) as weighted_amount,
    sum(overdue_count) as overdue_count,
    max(age_action) as action

from {{ ref('agg_pipeline') }}
group by
    stage_order, stage_name, stage_name_zh, age_order, age_name, age_name_zh
order by stage_order desc, age_order asc
