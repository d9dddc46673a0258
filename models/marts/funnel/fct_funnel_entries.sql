-- Source: 销售漏斗, the sales funnel.
with

entries as (

    select * from {{ ref('int_funnel_entries__united') }}

),

entities as (

    select * from {{ ref('int_funnel_entities__gathered') }}

),

-- Without history only the last open stage has known days for all who left it.
told as (

    select
        entries.entity_type,
        entries.entity_id,
        entries.stage_order,
        entries.stage_code,
        entries.stage_name,
        entries.stage_name_zh,
        entries.stage_kind,
        entries.is_mapped,
        entries.entered_on,
        entries.days_in_stage,
        entries.is_open,
        entries.is_current,
        entries.is_counted
        and entries.stage_order = entries.furthest_stage_order as is_furthest,
        entries.days_in_stage is not null
        and (entries.has_stage_history or entries.stage_order = entries.last_open_order)
            as is_timed,
        entries.has_stage_history,
        entities.outcome_kind,
        entities.source,
        entities.channel,
        entities.owner_staff_id,
        coalesce(cast(entities.created_at as date), entries.first_entered_on)
            as entry_on,
        {{ month_start(
            'coalesce(cast(entities.created_at as date), entries.first_entered_on)'
        ) }} as entry_month,
        entities.as_of_on

    from entries
    inner join entities
        on entries.entity_type = entities.entity_type
        and entries.entity_id = entities.entity_id

)

select * from told
