with

leads as (

    select * from {{ ref('stg_crm__leads') }}

),

opportunities as (

    select * from {{ ref('stg_crm__opportunities') }}

),

latest_events as (

    select * from {{ ref('fct_funnel_events') }}
    where is_latest

),

entities as (

    select
        'lead' as entity_type,
        lead_id as entity_id,
        created_at,
        nullif(trim(status), '') as stage,
        converted_at as closed_at,
        converted_at is not null as is_won

    from leads

    union all

    select
        'opportunity' as entity_type,
        opportunity_id as entity_id,
        created_at,
        nullif(trim(stage), '') as stage,
        closed_at,
        is_won

    from opportunities

),

later_moves as (

    select distinct
        entity_type,
        entity_id

    from {{ ref('stg_crm__funnel_events') }}
    where cast(entered_at as date) > {{ as_of_on() }}

),

-- What moved or closed after the day told stood elsewhere then than it stands now.
told as (

    select
        entities.*,
        {{ as_of_on() }} as as_of_on,
        coalesce(cast(entities.closed_at as date) <= {{ as_of_on() }}, false)
            as is_closed_by_then,
        later_moves.entity_id is null
        and coalesce(cast(entities.closed_at as date) <= {{ as_of_on() }}, true)
            as is_present_known

    from entities
    left join later_moves
        on entities.entity_type = later_moves.entity_type
        and entities.entity_id = later_moves.entity_id
    where coalesce(cast(entities.created_at as date) <= {{ as_of_on() }}, true)

),

dated as (

    select
        told.entity_type,
        told.entity_id,
        case when told.is_present_known then told.stage else latest_events.stage end
            as stage,
        case when told.is_closed_by_then then told.closed_at end as closed_at,
        case when told.is_closed_by_then or told.is_present_known then told.is_won end
            as is_won,
        latest_events.stage_kind as last_move_kind,
        latest_events.entered_at as last_moved_at,
        told.as_of_on

    from told
    left join latest_events
        on told.entity_type = latest_events.entity_type
        and told.entity_id = latest_events.entity_id

)

select * from dated
