-- Whether a lead has ever been qualified, also one that was refused later.
with

leads as (

    select * from {{ ref('fct_leads') }}

),

qualified_moves as (

    select events.entity_id as lead_id

    from {{ ref('fct_funnel_events') }} as events
    inner join {{ ref('rule_funnel_stages') }} as stages
        on events.entity_type = stages.entity_type
        and events.stage_code = stages.stage_code
    where events.entity_type = 'lead' and stages.is_qualified
    group by events.entity_id

),

qualified as (

    select
        leads.lead_id,
        leads.customer_id,
        leads.created_at,
        leads.is_qualified,
        leads.is_qualified or moves.lead_id is not null as has_been_qualified,
        leads.as_of_on

    from leads
    left join qualified_moves as moves on leads.lead_id = moves.lead_id

)

select * from qualified
