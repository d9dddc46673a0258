-- Labels of segments, where they have any but their code.
with

labels as (

    {% for scheme, table, code, name in (
        ('tier', 'rule_pyramid_tiers', 'tier_code', 'tier_name'),
        ('rfm_segment', 'rule_rfm_segments', 'segment_code', 'segment_name'),
        ('stage', 'rule_lifecycle_stages', 'stage_code', 'stage_name'),
        ('activity', 'rule_activity_statuses', 'activity_status', 'activity_name'),
        ('age_band', 'rule_age_bands', 'age_band', 'age_band_name'),
    ) -%}
    select
        '{{ scheme }}' as scheme_code,
        {{ code }} as segment_code,
        {{ name }} as segment_name,
        {{ name }}_zh as segment_name_zh
    from {{ ref(table) }}
    union all
    {% endfor -%}
    select
        schemes.scheme_code,
        labelled.value_code as segment_code,
        labelled.value_name as segment_name,
        labelled.value_name_zh as segment_name_zh
    from {{ ref('rule_audience_schemes') }} as schemes
    inner join {{ ref('rule_profile_values') }} as labelled
        on labelled.attribute_code in (schemes.scheme_code, 'any')

),

-- A tier has a row for each group of stores, a segment one for each range of scores.
named as (

    select
        scheme_code,
        segment_code,
        min(segment_name) as segment_name,
        min(segment_name_zh) as segment_name_zh

    from labels
    group by scheme_code, segment_code

)

select * from named
