-- A warning: these moves are kept in fct_funnel_events and are in no funnel.
{{ config(severity='warn') }}

select
    entity_type,
    count(*) as event_count

from {{ ref('fct_funnel_events') }}
where is_orphan_entity
group by entity_type
