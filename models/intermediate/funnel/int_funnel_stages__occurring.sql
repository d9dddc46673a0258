with

entities as (

    select * from {{ ref('int_funnel_entities__gathered') }}

),

events as (

    select * from {{ ref('fct_funnel_events') }}
    where not is_orphan_entity

),

default_stages as (

    select * from {{ ref('rule_funnel_stages') }}
    where is_default and stage_kind = 'open'

),

-- The default open stage stands by for data that name no open stage at all.
mentions as (

    select
        entity_type,
        stage_code,
        stage,
        false as is_standby

    from entities
    where stage_code is not null

    union all

    select
        entity_type,
        closing_stage_code as stage_code,
        cast(null as string) as stage,
        false as is_standby

    from entities
    where closing_stage_code is not null

    union all

    select
        entity_type,
        stage_code,
        stage,
        false as is_standby

    from events

    union all

    select
        entities.entity_type,
        default_stages.stage_code,
        cast(null as string) as stage,
        true as is_standby

    from entities
    inner join default_stages on entities.entity_type = default_stages.entity_type

),

occurring as (

    select
        entity_type,
        stage_code,
        min(stage) as stage,
        min(case when is_standby then 1 else 0 end) = 1 as is_standby

    from mentions
    group by entity_type, stage_code

)

select * from occurring
