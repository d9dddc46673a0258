with

entities as (

    select * from {{ ref('int_funnel_entities__gathered') }}

),

events as (

    select * from {{ ref('fct_funnel_events') }}

),

opening_stages as (

    select * from {{ ref('int_funnel_stages__used') }}
    where stage_order = first_open_order

),

-- What the history of each one tells: its end, a counted stage, its own stage.
histories as (

    select
        entities.entity_type,
        entities.entity_id,
        count(*) filter (where events.stage_kind = entities.outcome_kind) as end_count,
        count(*) filter (where events.stage_kind in ('open', 'won')) as counted_count,
        count(*) filter (where events.stage_code = entities.stage_code) as own_count

    from entities
    inner join events
        on entities.entity_type = events.entity_type
        and entities.entity_id = events.entity_id
    group by entities.entity_type, entities.entity_id

),

followed as (

    select
        entities.*,
        opening_stages.stage_code as opening_stage_code,
        histories.end_count,
        histories.counted_count,
        histories.own_count

    from entities
    inner join histories
        on entities.entity_type = histories.entity_type
        and entities.entity_id = histories.entity_id
    inner join opening_stages on entities.entity_type = opening_stages.entity_type

),

-- The history, and what it leaves out but the lead or opportunity itself tells.
moves as (

    select
        followed.entity_type,
        followed.entity_id,
        events.stage_code,
        events.entered_at

    from followed
    inner join events
        on followed.entity_type = events.entity_type
        and followed.entity_id = events.entity_id

    union all

    select
        entity_type,
        entity_id,
        opening_stage_code as stage_code,
        created_at as entered_at

    from followed
    where counted_count = 0 and outcome_kind is distinct from 'won'

    union all

    select
        entity_type,
        entity_id,
        case when is_open then stage_code else closing_stage_code end as stage_code,
        case when not is_open then closed_at end as entered_at

    from followed
    where
        (is_open and own_count = 0 and stage_code is not null)
        or (not is_open and end_count = 0)

)

select * from moves
