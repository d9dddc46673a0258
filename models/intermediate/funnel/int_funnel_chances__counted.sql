-- How many of the opportunities that came to a stage and have ended were won: open ones
-- are no failures yet.
with

stages as (

    select * from {{ ref('agg_funnel_stages') }}
    where entity_type = 'opportunity' and breakdown_name = 'all'

),

counted as (

    select
        stage_code,
        stage_order,
        stage_name,
        stage_name_zh,
        action,
        action_zh,
        p90_days_in_stage,
        lost_count is not null as is_on_the_way,
        cast(max(case when stage_kind = 'won' then entered_count end) over () as bigint)
            as won_count,
        cast(sum(lost_count) over (
            order by stage_order desc
            rows between unbounded preceding and current row
        ) as bigint) as lost_count

    from stages

),

chances as (

    select
        stage_code,
        stage_order,
        stage_name,
        stage_name_zh,
        action,
        action_zh,
        p90_days_in_stage,
        case when is_on_the_way then coalesce(won_count, 0) end as won_count,
        case
            when is_on_the_way
                then coalesce(won_count, 0) + coalesce(lost_count, 0)
        end as ended_count

    from counted

)

select * from chances
