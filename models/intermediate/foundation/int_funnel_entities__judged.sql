with

entities as (

    select * from {{ ref('int_funnel_entities__dated') }}

),

words as (

    select * from {{ ref('rule_funnel_stage_words') }}

),

stages as (

    select * from {{ ref('rule_funnel_stages') }}

),

mapped as (

    select
        entities.*,
        coalesce(words.stage_code, lower(entities.stage)) as stage_code,
        stages.stage_kind,
        stages.is_qualified as is_qualified_stage,
        case when entities.stage is not null then words.stage_code is not null end
            as is_mapped_stage

    from entities
    left join words
        on entities.entity_type = words.entity_type
        and lower(entities.stage) = words.stage_word
    left join stages
        on words.entity_type = stages.entity_type
        and words.stage_code = stages.stage_code

),

-- A date of closing decides, then the stage, then the last move.
closed as (

    select
        *,
        case
            when is_won then 'won'
            when
                closed_at is not null
                and not coalesce(is_won, stage_kind = 'won', false)
                then 'lost'
            when stage_kind in ('won', 'lost') then stage_kind
            when last_move_kind in ('won', 'lost') then last_move_kind
        end as outcome_kind

    from mapped

),

judged as (

    select
        entity_type,
        entity_id,
        stage,
        stage_code,
        stage_kind,
        is_mapped_stage,
        coalesce(is_qualified_stage or outcome_kind = 'won', false) as is_qualified,
        outcome_kind,
        outcome_kind is null as is_open,
        case
            when closed_at is not null then closed_at
            when outcome_kind = last_move_kind then last_moved_at
        end as closed_at,
        as_of_on

    from closed

)

select * from judged
