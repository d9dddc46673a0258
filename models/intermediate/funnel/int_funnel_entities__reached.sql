with

entities as (

    select * from {{ ref('int_funnel_entities__gathered') }}

),

latest_events as (

    select * from {{ ref('fct_funnel_events') }}
    where is_latest

),

stages as (

    select * from {{ ref('int_funnel_stages__used') }}

),

limits as (

    select
        entity_type,
        min(first_open_order) as first_open_order,
        min(last_open_order) as last_open_order,
        coalesce(min(creation_order), min(first_open_order)) as creation_order

    from stages
    group by entity_type

),

-- Without history: won reached all, lost every open stage, an undated one the first,
-- an open one up to its own, or up to where a creation date stands for.
reached as (

    select
        entities.*,
        case
            when entities.outcome_kind = 'won' then closing_stages.stage_order
            when entities.outcome_kind = 'lost' then limits.last_open_order
            when entities.created_at is null then limits.first_open_order
            when own_stages.stage_kind = 'open' then own_stages.stage_order
            else limits.creation_order
        end as reached_order

    from entities
    inner join limits on entities.entity_type = limits.entity_type
    left join stages as own_stages
        on entities.entity_type = own_stages.entity_type
        and entities.stage_code = own_stages.stage_code
    left join stages as closing_stages
        on entities.entity_type = closing_stages.entity_type
        and entities.closing_stage_code = closing_stages.stage_code
    left join latest_events
        on entities.entity_type = latest_events.entity_type
        and entities.entity_id = latest_events.entity_id
    where latest_events.entity_id is null

)

select * from reached
