-- Source: 商机情况, what lies in the pipeline, what of it may come, and how old it is.
with

opportunities as (

    select * from {{ ref('fct_opportunities') }}
    where is_open

),

standings as (

    select * from {{ ref('fct_funnel_entries') }}
    where entity_type = 'opportunity' and is_current

),

chances as (

    select * from {{ ref('int_funnel_chances__counted') }}

),

owners as (

    select * from {{ ref('rule_funnel_breakdowns') }}
    where breakdown_name = 'owner'

),

ages as (

    select * from {{ ref('rule_pipeline_ages') }}

),

summed as (

    select
        coalesce(opportunities.owner_staff_id, owners.unknown_value) as owner_staff_id,
        standings.stage_code,
        ages.age_code,
        opportunities.as_of_on,
        count(*) as opportunity_count,
        count(opportunities.amount) as valued_count,
        cast(sum(opportunities.amount) as decimal(18, 4)) as open_amount,
        count(case when standings.days_in_stage > chances.p90_days_in_stage then 1 end)
            as overdue_count,
        min(opportunities.created_on) as oldest_created_on

    from opportunities
    inner join standings on opportunities.opportunity_id = standings.entity_id
    inner join chances on standings.stage_code = chances.stage_code
    inner join ages
        on coalesce({{ crm_warehouse.days_between(
            'opportunities.created_on', 'opportunities.as_of_on'
        ) }}, -1) between ages.least_days and ages.greatest_days
    cross join owners
    group by all

),

told as (

    select
        summed.owner_staff_id,
        summed.stage_code,
        summed.age_code,
        chances.stage_order,
        chances.stage_name,
        chances.stage_name_zh,
        ages.age_order,
        ages.age_name,
        ages.age_name_zh,
        summed.opportunity_count,
        summed.valued_count,
        summed.open_amount,
        chances.won_count,
        chances.ended_count,
        {{ crm_warehouse.safe_ratio('chances.won_count', 'chances.ended_count') }}
            as win_rate,
        cast({{ crm_warehouse.safe_ratio(
            'cast(summed.open_amount as decimal(19, 4)) * chances.won_count',
            'chances.ended_count'
        ) }} as decimal(18, 4)) as weighted_amount,
        summed.overdue_count,
        summed.oldest_created_on,
        chances.action as stage_action,
        chances.action_zh as stage_action_zh,
        ages.action as age_action,
        ages.action_zh as age_action_zh,
        summed.as_of_on

    from summed
    inner join chances on summed.stage_code = chances.stage_code
    inner join ages on summed.age_code = ages.age_code

)

select * from told
