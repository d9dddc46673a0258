-- Who is in which segment of which scheme, by the marts that say so.
with

schemes as (

    select * from {{ ref('rule_profile_schemes') }}

),

memberships as (

    {% for scheme, mart, code, name in (
        ('tier', 'seg_pyramid', 'tier_code', 'tier_name'),
        ('rfm_segment', 'seg_rfm', 'segment_code', 'segment_name'),
        ('rfm_type', 'seg_rfm', 'type_code', 'type_name'),
        ('value_quadrant', 'seg_value_matrix', 'quadrant_code', 'quadrant_name'),
        ('lifecycle_stage', 'seg_lifecycle', 'stage_code', 'stage_name'),
        ('activity', 'seg_lifecycle', 'activity_status', 'activity_name'),
    ) -%}
    select
        customer_id,
        '{{ scheme }}' as scheme_code,
        {{ code }} as segment_code,
        {{ name }} as segment_name,
        {{ name }}_zh as segment_name_zh
    from {{ ref(mart) }}
    where customer_id is not null and {{ code }} is not null
    union all
    {% endfor -%}
    select
        customer_id,
        'behaviour' as scheme_code,
        behaviour_id as segment_code,
        behaviour_name as segment_name,
        behaviour_name_zh as segment_name_zh
    from {{ ref('seg_behaviours') }}
    where is_window_buyer

),

schemed as (

    select memberships.*

    from memberships
    inner join schemes on memberships.scheme_code = schemes.scheme_code

)

select * from schemed
