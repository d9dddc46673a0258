-- Leads and opportunities by stage, with the share that came on from the stage before.
select
    entity_type,
    stage_name,
    stage_name_zh,
    stage_kind,
    entered_count,
    adjacent_conversion_rate,
    overall_conversion_rate,
    open_count,
    lost_count,
    median_days_in_stage,
    action,
    action_zh

from funnel.agg_funnel_stages
where breakdown_name = 'all'
order by entity_type asc, stage_order asc
