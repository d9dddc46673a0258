with

leads as (

    select * from {{ ref('fct_leads') }}

),

opportunities as (

    select * from {{ ref('fct_opportunities') }}

),

default_stages as (

    select * from {{ ref('rule_funnel_stages') }}
    where is_default

),

-- An opportunity came from where its lead came from.
entities as (

    select
        'lead' as entity_type,
        lead_id as entity_id,
        status as stage,
        stage_code,
        stage_kind,
        is_open,
        case when is_converted then 'won' when not is_open then 'lost' end
            as outcome_kind,
        created_at,
        converted_at as closed_at,
        source,
        channel,
        owner_staff_id,
        as_of_on

    from leads

    union all

    select
        'opportunity' as entity_type,
        opportunities.opportunity_id as entity_id,
        opportunities.stage,
        opportunities.stage_code,
        opportunities.stage_kind,
        opportunities.is_open,
        case opportunities.is_won when true then 'won' when false then 'lost' end
            as outcome_kind,
        opportunities.created_at,
        opportunities.closed_at,
        leads.source,
        leads.channel,
        opportunities.owner_staff_id,
        opportunities.as_of_on

    from opportunities
    left join leads on opportunities.lead_id = leads.lead_id

),

-- Where its own stage does not say how it ended, the default stage of that end does.
gathered as (

    select
        entities.entity_type,
        entities.entity_id,
        entities.stage,
        entities.stage_code,
        case
            when entities.stage_kind = entities.outcome_kind then entities.stage_code
            else default_stages.stage_code
        end as closing_stage_code,
        entities.outcome_kind,
        entities.is_open,
        entities.created_at,
        entities.closed_at,
        entities.source,
        entities.channel,
        entities.owner_staff_id,
        entities.as_of_on

    from entities
    left join default_stages
        on entities.entity_type = default_stages.entity_type
        and entities.outcome_kind = default_stages.stage_kind

)

select * from gathered
