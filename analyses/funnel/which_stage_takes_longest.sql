-- Days in a stage by Kaplan and Meier: those who are still there count as long as seen.
select
    entity_type,
    stage_name,
    stage_name_zh,
    timed_count,
    open_count,
    median_days_in_stage,
    p90_days_in_stage,
    rank() over (
        partition by entity_type
        order by median_days_in_stage desc nulls last, p90_days_in_stage desc nulls last
    ) as slowness_rank

from {{ ref('agg_funnel_stages') }}
where breakdown_name = 'all' and timed_count > 0
order by entity_type asc, slowness_rank asc, stage_order asc
