-- Every stage in every period of entry: who came so far, stands there, was lost there.
with

reaches as (

    select * from {{ ref('int_funnel_reaches__summed') }}

),

stages as (

    select * from {{ ref('int_funnel_stages__used') }}
    where stage_kind in ('open', 'won')

),

periods as (

    select
        entity_type,
        breakdown_name,
        breakdown_value,
        period_type,
        period_start_on,
        period_end_on,
        watched_days,
        as_of_on,
        sum(open_count) > 0 as has_open_ones

    from reaches
    group by all

),

-- Every stage stands in every period: none who came this far is a true zero.
counted as (

    select
        periods.*,
        stages.stage_order,
        stages.stage_code,
        stages.stage_name,
        stages.stage_name_zh,
        cast(coalesce(sum(reaches.reached_count), 0) as bigint) as entered_count,
        cast(coalesce(sum(reaches.open_count), 0) as bigint) as open_count,
        cast(coalesce(sum(reaches.lost_count), 0) as bigint) as lost_count,
        cast(coalesce(sum(
            case when reaches.days_to_reach is null then reaches.reached_count end
        ), 0) as bigint) as undated_count,
        cast(coalesce(sum(
            case
                when reaches.days_to_reach <= reaches.watched_days
                    then reaches.reached_count
            end
        ), 0) as bigint) as dated_count

    from periods
    inner join stages on periods.entity_type = stages.entity_type
    left join reaches
        on periods.entity_type = reaches.entity_type
        and periods.breakdown_name = reaches.breakdown_name
        and periods.breakdown_value = reaches.breakdown_value
        and periods.period_type = reaches.period_type
        and periods.period_start_on = reaches.period_start_on
        and stages.stage_code = reaches.stage_code
    group by all

),

-- A stage that some reached, and nobody on a known day, is not dated at all.
dated as (

    select
        *,
        sum(undated_count) over (partition by entity_type, stage_code) = 0
        or sum(entered_count) over (partition by entity_type, stage_code)
        > sum(undated_count) over (partition by entity_type, stage_code)
            as is_dated_stage

    from counted

),

-- Within the days that all of the period are watched, unless a date is missing.
timely as (

    select
        *,
        case
            when watched_days is not null and undated_count = 0 and is_dated_stage
                then dated_count
        end as timely_count

    from dated

)

select * from timely
