with

entries as (

    select * from {{ ref('int_funnel_entries__broken_down') }}

),

stages as (

    select * from {{ ref('int_funnel_stages__used') }}

),

counts as (

    select
        entity_type,
        breakdown_name,
        breakdown_value,
        stage_code,
        count(*) as strict_count,
        count(*) filter (where is_current) as open_count,
        count(*) filter (where is_furthest) as furthest_count,
        count(*) filter (where is_furthest and outcome_kind = 'lost') as lost_count,
        count(*) filter (where is_timed) as timed_count

    from entries
    group by entity_type, breakdown_name, breakdown_value, stage_code

),

breakdown_values as (

    select
        entity_type,
        breakdown_name,
        breakdown_value,
        min(entry_month) as entry_month,
        max(as_of_on) as as_of_on

    from entries
    group by entity_type, breakdown_name, breakdown_value

),

-- Every stage in use stands under every value: none who came this far is a true zero.
cells as (

    select
        breakdown_values.entity_type,
        breakdown_values.breakdown_name,
        breakdown_values.breakdown_value,
        breakdown_values.entry_month,
        breakdown_values.as_of_on,
        stages.stage_code,
        stages.stage_order,
        coalesce(stages.stage_kind in ('open', 'won'), false) as is_counted,
        coalesce(counts.strict_count, 0) as strict_count,
        coalesce(counts.open_count, 0) as open_count,
        coalesce(counts.furthest_count, 0) as furthest_count,
        coalesce(counts.lost_count, 0) as lost_count,
        coalesce(counts.timed_count, 0) as timed_count

    from breakdown_values
    inner join stages on breakdown_values.entity_type = stages.entity_type
    left join counts
        on breakdown_values.entity_type = counts.entity_type
        and breakdown_values.breakdown_name = counts.breakdown_name
        and breakdown_values.breakdown_value = counts.breakdown_value
        and stages.stage_code = counts.stage_code

),

-- Reached or beyond: whose furthest stage is this one or a later one.
counted as (

    select
        *,
        case
            when not is_counted then strict_count
            else cast(sum(furthest_count) over from_the_last as bigint)
        end as entered_count,
        cast(sum(open_count) over whole as bigint) as value_open_count

    from cells
    window
        whole as (partition by entity_type, breakdown_name, breakdown_value),
        from_the_last as (
            partition by entity_type, breakdown_name, breakdown_value, is_counted
            order by stage_order desc
            rows between unbounded preceding and current row
        )

)

select * from counted
