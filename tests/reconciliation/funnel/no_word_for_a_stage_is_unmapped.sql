-- A warning: these stand last in the funnel until rule_funnel_stage_words knows them.
{{ config(severity='warn') }}

select
    entity_type,
    stage_name,
    entered_count

from {{ ref('agg_funnel_stages') }}
where breakdown_name = 'all' and not is_mapped
