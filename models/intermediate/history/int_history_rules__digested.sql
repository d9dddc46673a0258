-- All rows of the rules that the history follows, and the settings, as one number.
with

digests as (

    {% for rule, columns in {
        'rule_pyramid_tiers': [
            'metric_code', 'tier_code', 'tier_order', 'cumulative_share'
        ],
        'rule_rfm_scores': ['score'],
        'rule_rfm_segments': [
            'segment_code', 'is_undifferentiated', 'r_score_from', 'r_score_to',
            'f_score_from', 'f_score_to', 'm_score_from', 'm_score_to', 'segment_name',
            'segment_name_zh'
        ],
        'rule_rfm_types': [
            'type_code', 'is_undifferentiated', 'is_recency_high', 'is_frequency_high',
            'is_monetary_high'
        ],
    }.items() -%}
    select {{ crm_warehouse.row_digest(["'" ~ rule ~ "'"] + columns) }} as digest
    from {{ ref(rule) }}

    union all

    {% endfor -%}
    {% set settings = ['frequency_unit'] -%}
    {% do settings.append(crm_warehouse.frequency_unit()) -%}
    {% for name in [
        'window_months', 'active_days', 'cooling_days', 'rhythm_gap_count', 'overdue_gaps'
    ] -%}
    {% do settings.append(crm_warehouse.checked_integer(name, 1, 36500)) -%}
    {% endfor -%}
    select {{ crm_warehouse.row_digest(["'" ~ settings | join(' ') ~ "'"]) }} as digest

),

digested as (

    select sum(cast(digest as decimal(38, 0))) as digest

    from digests

)

select * from digested
