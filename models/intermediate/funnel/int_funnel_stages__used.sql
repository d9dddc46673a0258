with

occurring as (

    select * from {{ ref('int_funnel_stages__occurring') }}

),

rules as (

    select * from {{ ref('rule_funnel_stages') }}

),

mapped as (

    select
        occurring.*,
        rules.stage_order,
        rules.stage_kind,
        rules.stage_name,
        rules.stage_name_zh,
        rules.action,
        rules.action_zh,
        coalesce(rules.is_reached_at_creation, false) as is_reached_at_creation,
        rules.stage_code is not null as is_mapped,
        count(
            case when rules.stage_kind = 'open' and not occurring.is_standby then 1 end
        ) over (partition by occurring.entity_type) as named_open_count

    from occurring
    left join rules
        on occurring.entity_type = rules.entity_type
        and occurring.stage_code = rules.stage_code

),

last_orders as (

    select
        entity_type,
        max(stage_order) as last_stage_order

    from rules
    group by entity_type

),

-- Unmapped words stand behind every mapped stage, in the order of the words.
used as (

    select
        mapped.entity_type,
        mapped.stage_code,
        cast(
            coalesce(
                mapped.stage_order,
                last_orders.last_stage_order
                + row_number() over (
                    partition by mapped.entity_type, mapped.is_mapped
                    order by mapped.stage_code asc
                )
            ) as integer
        ) as stage_order,
        mapped.stage_kind,
        coalesce(mapped.stage_name, mapped.stage) as stage_name,
        coalesce(mapped.stage_name_zh, mapped.stage) as stage_name_zh,
        mapped.action,
        mapped.action_zh,
        mapped.is_mapped,
        mapped.is_reached_at_creation

    from mapped
    inner join last_orders on mapped.entity_type = last_orders.entity_type
    where not mapped.is_standby or mapped.named_open_count = 0

),

-- The first and last open stage, and the one that a creation date stands for.
limited as (

    select
        *,
        min(case when stage_kind = 'open' then stage_order end) over (
            partition by entity_type
        ) as first_open_order,
        max(case when is_reached_at_creation then stage_order end) over (
            partition by entity_type
        ) as creation_order,
        max(case when stage_kind = 'open' then stage_order end) over (
            partition by entity_type
        ) as last_open_order

    from used

)

select * from limited
