with

entries as (

    select * from {{ ref('fct_funnel_entries') }}

),

breakdowns as (

    select * from {{ ref('rule_funnel_breakdowns') }}

),

-- Each entry stands once under each breakdown.
broken_down as (

    select
        entries.entity_type,
        breakdowns.breakdown_name,
        coalesce(
            case breakdowns.breakdown_name
                when 'entry_month'
                    then cast(entries.entry_month as string)
                when 'source' then entries.source
                when 'channel' then entries.channel
                when 'owner' then entries.owner_staff_id
            end,
            breakdowns.unknown_value
        ) as breakdown_value,
        case
            when breakdowns.breakdown_name = 'entry_month' then entries.entry_month
        end as entry_month,
        entries.stage_code,
        entries.days_in_stage,
        entries.is_open,
        entries.is_current,
        entries.is_furthest,
        entries.is_timed,
        entries.outcome_kind,
        entries.as_of_on

    from entries
    cross join breakdowns

)

select * from broken_down
