-- Source: 相鄰環節轉化率, the conversion from each stage to the next.
with

counts as (

    select * from {{ ref('int_funnel_stages__counted') }}

),

stages as (

    select * from {{ ref('int_funnel_stages__used') }}

),

survivals as (

    select * from {{ ref('int_funnel_survivals__estimated') }}

),

funnel_entities as (

    select * from {{ ref('rule_funnel_entities') }}

),

compared as (

    select
        *,
        lag(entered_count) over in_order as previous_count,
        first_value(entered_count) over in_order as first_count

    from counts
    window in_order as (
        partition by entity_type, breakdown_name, breakdown_value, is_counted
        order by stage_order asc
    )

),

-- A month is immature while it holds open ones younger than the days of maturity.
told as (

    select
        compared.entity_type,
        compared.breakdown_name,
        compared.breakdown_value,
        compared.stage_order,
        compared.stage_code,
        stages.stage_name,
        stages.stage_name_zh,
        stages.stage_kind,
        stages.is_mapped,
        compared.entered_count,
        compared.strict_count,
        compared.open_count,
        case when compared.is_counted then compared.lost_count end as lost_count,
        case when compared.is_counted then {{ crm_warehouse.safe_ratio(
            'compared.entered_count', 'compared.previous_count'
        ) }} end as adjacent_conversion_rate,
        case when compared.is_counted then {{ crm_warehouse.safe_ratio(
            'compared.entered_count', 'compared.first_count'
        ) }} end as overall_conversion_rate,
        compared.timed_count,
        survivals.median_days_in_stage,
        survivals.p90_days_in_stage,
        compared.entry_month,
        case
            when compared.entry_month is not null
                then
                    compared.value_open_count > 0
                    and {{ crm_warehouse.date_add_days(
                        crm_warehouse.month_end('compared.entry_month'),
                        'funnel_entities.maturity_days'
                    ) }} > compared.as_of_on
        end as is_immature,
        stages.action,
        stages.action_zh,
        compared.as_of_on

    from compared
    inner join stages
        on compared.entity_type = stages.entity_type
        and compared.stage_code = stages.stage_code
    inner join funnel_entities on compared.entity_type = funnel_entities.entity_type
    left join survivals
        on compared.entity_type = survivals.entity_type
        and compared.breakdown_name = survivals.breakdown_name
        and compared.breakdown_value = survivals.breakdown_value
        and compared.stage_code = survivals.stage_code

)

select * from told
