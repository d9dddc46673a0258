-- Reached stages by week and month of entry, the whole and each split of it, and how
-- long all who came in a period have been watched.
with

reaches as (

    select * from {{ ref('int_funnel_reaches__counted') }}

),

-- The month of entry is a period itself.
breakdowns as (

    select * from {{ ref('rule_funnel_breakdowns') }}
    where breakdown_name != 'entry_month'

),

periods as (

    select * from {{ ref('rule_funnel_periods') }}

),

funnel_entities as (

    select * from {{ ref('rule_funnel_entities') }}

),

placed as (

    select
        reaches.*,
        breakdowns.breakdown_name,
        coalesce(
            case breakdowns.breakdown_name
                when 'source' then reaches.source
                when 'channel' then reaches.channel
                when 'owner' then reaches.owner_staff_id
            end,
            breakdowns.unknown_value
        ) as breakdown_value,
        periods.period_type,
        case periods.period_type
            when 'week' then {{ crm_warehouse.week_start('reaches.entry_on') }}
            when 'month' then {{ crm_warehouse.month_start('reaches.entry_on') }}
        end as period_start_on

    from reaches
    cross join breakdowns
    cross join periods

),

bounded as (

    select
        *,
        case period_type
            when 'week' then {{ crm_warehouse.date_add_days('period_start_on', 6) }}
            when 'month' then {{ crm_warehouse.month_end('period_start_on') }}
        end as period_end_on

    from placed

),

-- All of a period are watched for the same days, up to those of maturity.
summed as (

    select
        bounded.entity_type,
        bounded.breakdown_name,
        bounded.breakdown_value,
        bounded.period_type,
        bounded.period_start_on,
        bounded.period_end_on,
        case
            when bounded.period_end_on <= bounded.as_of_on
                then least({{ crm_warehouse.days_between(
                    'bounded.period_end_on', 'bounded.as_of_on'
                ) }}, funnel_entities.maturity_days)
        end as watched_days,
        bounded.stage_code,
        bounded.stage_order,
        bounded.days_to_reach,
        bounded.as_of_on,
        cast(sum(bounded.reached_count) as bigint) as reached_count,
        cast(sum(bounded.open_count) as bigint) as open_count,
        cast(sum(bounded.lost_count) as bigint) as lost_count

    from bounded
    inner join funnel_entities on bounded.entity_type = funnel_entities.entity_type
    group by all

)

select * from summed
