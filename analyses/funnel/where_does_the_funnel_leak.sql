-- 銷售漏斗, 相鄰環節的轉化率: the step that loses most, and what to do there.
with

stages as (

    select * from {{ ref('agg_funnel_stages') }}
    where breakdown_name = 'all' and lost_count is not null

),

steps as (

    select
        entity_type,
        stage_order,
        lag(stage_name) over steps_in_order as from_stage_name,
        stage_name as to_stage_name,
        lag(entered_count) over steps_in_order as from_count,
        entered_count as to_count,
        adjacent_conversion_rate,
        lag(open_count) over steps_in_order as still_open_count,
        lag(lost_count) over steps_in_order as lost_count,
        lag(action) over steps_in_order as action

    from stages
    window steps_in_order as (partition by entity_type order by stage_order asc)

)

select
    entity_type,
    from_stage_name,
    to_stage_name,
    from_count,
    to_count,
    from_count - to_count as gone_count,
    still_open_count,
    lost_count,
    adjacent_conversion_rate,
    rank() over (
        partition by entity_type order by adjacent_conversion_rate asc nulls last
    ) as leak_rank,
    action

from steps
where from_stage_name is not null
order by entity_type asc, stage_order asc
