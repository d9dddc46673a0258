-- Each step of a period that enough took, beside the same step of earlier periods, all
-- watched for as many days.
with

cells as (

    select * from {{ ref('agg_funnel_periods') }}

),

reaches as (

    select * from {{ ref('int_funnel_reaches__summed') }}

),

limits as (

    select * from {{ ref('rule_funnel_periods') }}

),

judged as (

    select
        cells.*,
        case cells.period_type
            when 'week'
                then {{ crm_warehouse.date_add_days(
                    'cells.period_start_on', '-7 * limits.earlier_period_count'
                ) }}
            when 'month'
                then {{ crm_warehouse.add_months(
                    'cells.period_start_on', '-limits.earlier_period_count'
                ) }}
        end as earliest_on

    from cells
    inner join limits on cells.period_type = limits.period_type
    where
        cells.timely_count is not null
        and cells.previous_timely_count >= limits.least_count

),

counted as (

    select
        judged.entity_type,
        judged.breakdown_name,
        judged.breakdown_value,
        judged.period_type,
        judged.period_start_on,
        judged.stage_code,
        reaches.period_start_on as earlier_start_on,
        cast(coalesce(sum(reaches.reached_count) filter (
            where reaches.stage_code = judged.timely_from_stage_code
        ), 0) as bigint) as from_count,
        cast(coalesce(sum(reaches.reached_count) filter (
            where reaches.stage_code = judged.stage_code
        ), 0) as bigint) as to_count,
        count(*) filter (where reaches.days_to_reach is null) as undated_count

    from judged
    inner join reaches
        on judged.entity_type = reaches.entity_type
        and judged.breakdown_name = reaches.breakdown_name
        and judged.breakdown_value = reaches.breakdown_value
        and judged.period_type = reaches.period_type
        and judged.earliest_on <= reaches.period_start_on
        and judged.period_start_on > reaches.period_start_on
    where
        reaches.stage_code in (judged.stage_code, judged.timely_from_stage_code)
        and coalesce(reaches.days_to_reach <= judged.watched_days, true)
    group by all

),

rated as (

    select
        *,
        {{ crm_warehouse.safe_ratio('to_count', 'from_count') }} as conversion_rate

    from counted
    where from_count > 0 and undated_count = 0

)

select * from rated
