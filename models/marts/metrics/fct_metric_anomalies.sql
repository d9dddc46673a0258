-- 危机与机会: which metric, how far from usual, since when, in words.
{% set blanks = {
    'scope': 'periods.scope_name', 'metric': 'dated.metric_name', 'value': 'dated.shown_value',
    'week': 'cast(dated.week_start_on as string)', 'usual': 'dated.shown_usual',
    'change': "coalesce(dated.shown_change, '-')",
    'since': 'cast(dated.since_on as string)', 'weeks': 'cast(dated.week_count as string)'
} -%}
with

dated as (

    select * from {{ ref('int_metric_anomalies__dated') }}

),

told as (

    select
        dated.scope_id,
        dated.metric_code,
        dated.week_start_on,
        periods.scope_code,
        periods.store_id,
        periods.scope_name,
        periods.scope_name_zh,
        dated.metric_name,
        dated.metric_name_zh,
        dated.kind_code,
        kinds.kind_name,
        kinds.kind_name_zh,
        dated.direction_code,
        dated.metric_value,
        dated.usual_value,
        dated.median_deviation,
        dated.robust_z,
        dated.change_rate,
        dated.earlier_week_count,
        dated.since_on,
        dated.week_count,
        {% for language in ('', '_zh') -%}
        {% set filled = namespace(text='kinds.sentence' ~ language) -%}
        {% for blank, value in blanks.items() -%}
        {% set filled.text = 'replace(' ~ filled.text ~ ", '{" ~ blank ~ "}', "
            ~ value ~ (language if value.endswith('_name')) ~ ')' -%}
        {% endfor -%}
        {{ filled.text }} as sentence{{ language }},
        {% endfor -%}
        periods.as_of_on

    from dated
    inner join {{ ref('int_metric_periods__compared') }} as periods
        on dated.scope_id = periods.scope_id
        and periods.period_code = 'week'
        and dated.week_start_on = periods.period_start_on
    inner join {{ ref('rule_anomaly_kinds') }} as kinds
        on dated.kind_code = kinds.kind_code
        and dated.direction_code = kinds.direction_code

)

select * from told
