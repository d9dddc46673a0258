-- Source: 線索量和轉客戶比例, 相鄰環節的轉化率, week by week and month by month of entry.
with

counts as (

    select * from {{ ref('int_funnel_periods__counted') }}

),

funnel_entities as (

    select * from {{ ref('rule_funnel_entities') }}

),

-- In time, stages that nobody has a date of are passed over.
compared as (

    select
        *,
        lag(stage_code) over in_order as from_stage_code,
        lag(entered_count) over in_order as previous_count,
        first_value(entered_count) over in_order as first_count,
        case when is_dated_stage then lag(stage_code) over dated_in_order end
            as timely_from_stage_code,
        lag(timely_count) over dated_in_order as previous_timely_count,
        first_value(timely_count) over in_order as first_timely_count

    from counts
    window in_order as (
        partition by
            entity_type, breakdown_name, breakdown_value, period_type, period_start_on
        order by stage_order asc
    ),
    dated_in_order as (
        partition by
            entity_type, breakdown_name, breakdown_value, period_type, period_start_on,
            is_dated_stage
        order by stage_order asc
    )

),

told as (

    select
        compared.entity_type,
        compared.breakdown_name,
        compared.breakdown_value,
        compared.period_type,
        compared.period_start_on,
        compared.period_end_on,
        compared.stage_order,
        compared.stage_code,
        compared.stage_name,
        compared.stage_name_zh,
        compared.from_stage_code,
        compared.entered_count,
        compared.open_count,
        compared.lost_count,
        {{ crm_warehouse.safe_ratio(
            'compared.entered_count', 'compared.previous_count'
        ) }} as adjacent_conversion_rate,
        {{ crm_warehouse.safe_ratio('compared.entered_count', 'compared.first_count') }}
            as overall_conversion_rate,
        compared.watched_days,
        compared.timely_from_stage_code,
        compared.timely_count,
        compared.previous_timely_count,
        {{ crm_warehouse.safe_ratio(
            'compared.timely_count', 'compared.previous_timely_count'
        ) }} as timely_adjacent_rate,
        {{ crm_warehouse.safe_ratio(
            'compared.timely_count', 'compared.first_timely_count'
        ) }} as timely_overall_rate,
        compared.undated_count,
        compared.has_open_ones
        and (
            compared.watched_days is null
            or compared.watched_days < funnel_entities.maturity_days
        ) as is_immature,
        compared.as_of_on

    from compared
    inner join funnel_entities on compared.entity_type = funnel_entities.entity_type

)

select * from told
