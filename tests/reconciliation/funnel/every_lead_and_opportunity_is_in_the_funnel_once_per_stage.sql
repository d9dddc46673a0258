-- Whoever is told is in the funnel, nobody else is; an open one stands in one stage.
with

told as (

    select
        'lead' as entity_type,
        lead_id as entity_id,
        is_open

    from {{ ref('fct_leads') }}

    union all

    select
        'opportunity' as entity_type,
        opportunity_id as entity_id,
        is_open

    from {{ ref('fct_opportunities') }}

),

entries as (

    select
        entity_type,
        entity_id,
        count(*) filter (where is_current) as current_count,
        count(*) filter (where is_furthest) as furthest_count

    from {{ ref('fct_funnel_entries') }}
    group by entity_type, entity_id

)

select
    coalesce(told.entity_type, entries.entity_type) as entity_type,
    coalesce(told.entity_id, entries.entity_id) as entity_id

from told
full outer join entries
    on told.entity_type = entries.entity_type
    and told.entity_id = entries.entity_id
where
    told.entity_id is null
    or entries.entity_id is null
    or entries.furthest_count != 1
    or entries.current_count != case when told.is_open then 1 else 0 end
