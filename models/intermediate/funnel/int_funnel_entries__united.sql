with

stays as (

    select * from {{ ref('int_funnel_stays__timed') }}

),

inferred as (

    select * from {{ ref('int_funnel_entries__inferred') }}

),

stages as (

    select * from {{ ref('int_funnel_stages__used') }}

),

entries as (

    select
        *,
        true as has_stage_history

    from stays

    union all

    select
        *,
        false as has_stage_history

    from inferred

),

-- Nothing is waited for in won and lost, so they have no days.
described as (

    select
        entries.*,
        stages.stage_order,
        stages.stage_kind,
        stages.stage_name,
        stages.stage_name_zh,
        stages.is_mapped,
        stages.last_open_order,
        case
            when
                entries.left_on >= entries.entered_on
                and coalesce(stages.stage_kind, '') not in ('won', 'lost')
                then {{ crm_warehouse.days_between(
                    'entries.entered_on', 'entries.left_on'
                ) }}
        end as days_in_stage

    from entries
    inner join stages
        on entries.entity_type = stages.entity_type
        and entries.stage_code = stages.stage_code

),

-- Lost and unmapped stages are no part of the way: they count for themselves only.
placed as (

    select
        *,
        coalesce(stage_kind in ('open', 'won'), false) as is_counted,
        max(case when stage_kind in ('open', 'won') then stage_order end) over (
            partition by entity_type, entity_id
        ) as furthest_stage_order,
        min(entered_on) over (partition by entity_type, entity_id) as first_entered_on

    from described

)

select * from placed
