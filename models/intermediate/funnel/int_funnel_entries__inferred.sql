with

entities as (

    select * from {{ ref('int_funnel_entities__reached') }}

),

stages as (

    select * from {{ ref('int_funnel_stages__used') }}

),

-- Known days: of creation for the first stage, and for one that creation stands for;
-- of closing for the end. The stages between have none.
entered as (

    select
        entities.entity_type,
        entities.entity_id,
        stages.stage_code,
        stages.stage_order,
        stages.is_reached_at_creation,
        case
            when
                stages.stage_order = stages.first_open_order
                or stages.is_reached_at_creation
                then cast(entities.created_at as date)
            when stages.stage_code = entities.closing_stage_code
                then cast(entities.closed_at as date)
        end as entered_on,
        entities.is_open
        and stages.stage_order = max(stages.stage_order) over (
            partition by entities.entity_type, entities.entity_id
        ) as is_current,
        entities.as_of_on

    from entities
    inner join stages
        on entities.entity_type = stages.entity_type
        and (
            (
                entities.reached_order >= stages.stage_order
                and stages.stage_kind != 'lost'
            )
            or entities.closing_stage_code = stages.stage_code
            or (entities.stage_code = stages.stage_code and not stages.is_mapped)
        )

),

-- A date of creation that stands for a later stage does not end the first.
timed as (

    select
        entity_type,
        entity_id,
        stage_code,
        entered_on,
        case
            when is_current then as_of_on
            else
                lead(case when not is_reached_at_creation then entered_on end) over (
                    partition by entity_type, entity_id
                    order by stage_order asc
                )
        end as left_on,
        is_current as is_open,
        is_current

    from entered

)

select * from timed
