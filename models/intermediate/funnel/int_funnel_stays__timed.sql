with

moves as (

    select * from {{ ref('int_funnel_moves__gathered') }}

),

stages as (

    select * from {{ ref('int_funnel_stages__used') }}

),

entities as (

    select * from {{ ref('int_funnel_entities__gathered') }}

),

-- One row per unbroken stay; an undated one, known from the present stage, is the last.
stays as (

    select
        moves.entity_type,
        moves.entity_id,
        moves.stage_code,
        moves.entered_at,
        stages.stage_order

    from moves
    inner join stages
        on moves.entity_type = stages.entity_type
        and moves.stage_code = stages.stage_code
    qualify
        lag(moves.stage_code) over (
            partition by moves.entity_type, moves.entity_id
            order by moves.entered_at asc nulls last, stages.stage_order asc
        ) is distinct from moves.stage_code

),

followed as (

    select
        *,
        lead(entered_at) over in_time as left_at,
        lead(stage_code) over in_time is null as is_last

    from stays
    window in_time as (
        partition by entity_type, entity_id
        order by entered_at asc nulls last, stage_order asc
    )

),

-- Only the first stay in each stage counts; a return to it is no second entry.
first_stays as (

    select
        *,
        max(case when is_last then stage_code end) over (
            partition by entity_type, entity_id
        ) as last_stage_code

    from followed
    qualify
        row_number() over (
            partition by entity_type, entity_id, stage_code
            order by entered_at asc nulls last
        ) = 1

),

timed as (

    select
        first_stays.entity_type,
        first_stays.entity_id,
        first_stays.stage_code,
        cast(first_stays.entered_at as date) as entered_on,
        case
            when entities.is_open and first_stays.is_last then entities.as_of_on
            else cast(first_stays.left_at as date)
        end as left_on,
        entities.is_open and first_stays.is_last as is_open,
        entities.is_open and first_stays.stage_code = first_stays.last_stage_code
            as is_current

    from first_stays
    inner join entities
        on first_stays.entity_type = entities.entity_type
        and first_stays.entity_id = entities.entity_id

)

select * from timed
