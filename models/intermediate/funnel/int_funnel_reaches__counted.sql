-- How many reached each stage or one beyond it, by the days since they came in: leads
-- and opportunities first come to one row per day and stage, then to periods.
with

entries as (

    select * from {{ ref('fct_funnel_entries') }}
    where entry_on is not null

),

stages as (

    select * from {{ ref('int_funnel_stages__used') }}
    where stage_kind in ('open', 'won')

),

entities as (

    select
        entity_type,
        entity_id,
        min(entry_on) as entry_on,
        max(case when is_furthest then stage_order end) as furthest_order,
        min(outcome_kind) as outcome_kind,
        min(source) as source,
        min(channel) as channel,
        min(owner_staff_id) as owner_staff_id,
        min(as_of_on) as as_of_on

    from entries
    group by entity_type, entity_id

),

-- A stage that was skipped is reached when the next one is.
reached as (

    select
        entities.*,
        stages.stage_code,
        stages.stage_order,
        case
            when entries.entity_id is null or entries.entered_on is not null
                then min(entries.entered_on) over (
                    partition by entities.entity_type, entities.entity_id
                    order by stages.stage_order desc
                    rows between unbounded preceding and current row
                )
        end as reached_on,
        coalesce(entries.is_current, false) as is_current,
        entities.outcome_kind = 'lost' and stages.stage_order = entities.furthest_order
            as is_lost

    from entities
    inner join stages
        on entities.entity_type = stages.entity_type
        and entities.furthest_order >= stages.stage_order
    left join entries
        on entities.entity_type = entries.entity_type
        and entities.entity_id = entries.entity_id
        and stages.stage_code = entries.stage_code

),

counted as (

    select
        entity_type,
        entry_on,
        source,
        channel,
        owner_staff_id,
        stage_code,
        stage_order,
        case
            when reached_on < entry_on then 0
            else {{ crm_warehouse.days_between('entry_on', 'reached_on') }}
        end as days_to_reach,
        as_of_on,
        count(*) as reached_count,
        count(*) filter (where is_current) as open_count,
        count(*) filter (where is_lost) as lost_count

    from reached
    group by all

)

select * from counted
