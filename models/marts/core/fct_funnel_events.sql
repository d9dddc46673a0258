with

events as (

    select * from {{ ref('stg_crm__funnel_events') }}

),

entities as (

    select
        'lead' as entity_type,
        lead_id as entity_id

    from {{ ref('stg_crm__leads') }}

    union all

    select
        'opportunity' as entity_type,
        opportunity_id as entity_id

    from {{ ref('stg_crm__opportunities') }}

),

words as (

    select * from {{ ref('rule_funnel_stage_words') }}

),

stages as (

    select * from {{ ref('rule_funnel_stages') }}

),

mapped as (

    select
        events.entity_type,
        events.entity_id,
        trim(events.stage) as stage,
        coalesce(words.stage_code, lower(trim(events.stage))) as stage_code,
        stages.stage_kind,
        stages.stage_order,
        words.stage_code is not null as is_mapped_stage,
        events.entered_at

    from events
    left join words
        on events.entity_type = words.entity_type
        and lower(trim(events.stage)) = words.stage_word
    left join stages
        on words.entity_type = stages.entity_type
        and words.stage_code = stages.stage_code
    where cast(events.entered_at as date) <= {{ as_of_on() }}

),

-- Moves of one moment follow the order of the stages.
told as (

    select
        mapped.entity_type,
        mapped.entity_id,
        cast(row_number() over moves as bigint) as event_number,
        mapped.stage,
        mapped.stage_code,
        mapped.stage_kind,
        mapped.is_mapped_stage,
        mapped.entered_at,
        cast(mapped.entered_at as date) as entered_on,
        lead(mapped.entered_at) over moves is null as is_latest,
        entities.entity_id is null as is_orphan_entity,
        {{ as_of_on() }} as as_of_on

    from mapped
    left join entities
        on mapped.entity_type = entities.entity_type
        and mapped.entity_id = entities.entity_id
    window
        moves as (
            partition by mapped.entity_type, mapped.entity_id
            order by
                mapped.entered_at asc,
                mapped.stage_order asc nulls last,
                mapped.stage asc
        )

)

select * from told
