-- Months of entry hold what agg_funnel_stages tells of them; weeks, and the values of
-- each split, add up to the same.
with

cells as (

    select * from {{ ref('agg_funnel_periods') }}

),

stages as (

    select * from {{ ref('agg_funnel_stages') }}
    where
        breakdown_name = 'entry_month'
        and entry_month is not null
        and lost_count is not null

),

totals as (

    select
        entity_type,
        stage_code,
        sum(entered_count) as entered_count,
        sum(open_count) as open_count,
        sum(lost_count) as lost_count

    from stages
    group by entity_type, stage_code

),

splits as (

    select
        entity_type,
        stage_code,
        breakdown_name,
        period_type,
        sum(entered_count) as entered_count,
        sum(open_count) as open_count,
        sum(lost_count) as lost_count

    from cells
    group by entity_type, stage_code, breakdown_name, period_type

),

unlike as (

    select
        splits.entity_type,
        splits.stage_code,
        splits.breakdown_name || ' ' || splits.period_type as told_by

    from splits
    left join totals
        on splits.entity_type = totals.entity_type
        and splits.stage_code = totals.stage_code
    where
        splits.entered_count is distinct from totals.entered_count
        or splits.open_count is distinct from totals.open_count
        or splits.lost_count is distinct from totals.lost_count

    union all

    select
        stages.entity_type,
        stages.stage_code,
        stages.breakdown_value as told_by

    from stages
    left join cells
        on stages.entity_type = cells.entity_type
        and stages.stage_code = cells.stage_code
        and stages.entry_month = cells.period_start_on
        and cells.period_type = 'month'
        and cells.breakdown_name = 'all'
    where
        stages.entered_count is distinct from cells.entered_count
        or stages.open_count is distinct from cells.open_count
        or stages.lost_count is distinct from cells.lost_count
        or stages.adjacent_conversion_rate
        is distinct from cells.adjacent_conversion_rate
        or stages.overall_conversion_rate is distinct from cells.overall_conversion_rate

)

select * from unlike
