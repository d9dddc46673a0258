-- Source: 異常的數據指標找出有問題的環節.
with

steps as (

    select * from {{ ref('int_funnel_steps__judged') }}
    where is_anomaly

),

stages as (

    select * from {{ ref('int_funnel_stages__used') }}

),

words as (

    select * from {{ ref('rule_funnel_anomalies') }}

),

breakdowns as (

    select * from {{ ref('rule_funnel_breakdowns') }}

),

funnel_entities as (

    select * from {{ ref('rule_funnel_entities') }}

),

told as (

    select
        steps.entity_type,
        steps.breakdown_name,
        steps.breakdown_value,
        steps.period_type,
        steps.period_start_on,
        steps.stage_code,
        steps.period_end_on,
        steps.watched_days,
        steps.from_stage_code,
        stages.stage_name as from_stage_name,
        stages.stage_name_zh as from_stage_name_zh,
        steps.stage_name as to_stage_name,
        steps.stage_name_zh as to_stage_name_zh,
        words.anomaly_code,
        words.anomaly_name,
        words.anomaly_name_zh,
        steps.from_count,
        steps.to_count,
        steps.conversion_rate,
        cast(steps.median_millionths * 0.000001 as decimal(18, 6)) as usual_rate,
        cast(steps.mad_millionths * 0.000001 as decimal(18, 6)) as mad_rate,
        {{ crm_warehouse.safe_ratio(
            'steps.deviation_millionths', 'steps.usual_deviation_millionths'
        ) }} as robust_z_score,
        steps.earlier_period_count,
        {{ crm_warehouse.safe_ratio(
            'steps.earlier_to_count', 'steps.earlier_from_count'
        ) }} as earlier_conversion_rate,
        cast(steps.wilson_middle - steps.wilson_half_width as decimal(18, 6))
            as wilson_low_rate,
        cast(steps.wilson_middle + steps.wilson_half_width as decimal(18, 6))
            as wilson_high_rate,
        {% set whose = " || coalesce(': '"
            ~ " || nullif(steps.breakdown_value, breakdowns.breakdown_name), '')" -%}
        {% for language in ('', '_zh') -%}
        {{ crm_warehouse.fill_sentence('words.sentence' ~ language, {
            'from': 'stages.stage_name' ~ language,
            'to': 'steps.stage_name' ~ language,
            'rate': 'cast(steps.conversion_rate * 100 as decimal(9, 1))',
            'usual': 'cast(steps.median_millionths * 0.0001 as decimal(9, 1))',
            'gap': 'cast(abs(steps.deviation_millionths) * 0.0001 as decimal(9, 1))',
            'count': 'steps.from_count',
            'period': 'steps.period_name' ~ language,
            'start': 'steps.period_start_on',
            'entity': 'funnel_entities.entity_name' ~ language,
            'whom': 'breakdowns.breakdown_label' ~ language ~ whose,
        }) }} as sentence{{ language }},
        {% endfor -%}
        words.action,
        words.action_zh,
        steps.as_of_on

    from steps
    inner join stages
        on steps.entity_type = stages.entity_type
        and steps.from_stage_code = stages.stage_code
    inner join words on (steps.deviation_millionths < 0) = words.is_fall
    inner join breakdowns on steps.breakdown_name = breakdowns.breakdown_name
    inner join funnel_entities on steps.entity_type = funnel_entities.entity_type

)

select * from told
