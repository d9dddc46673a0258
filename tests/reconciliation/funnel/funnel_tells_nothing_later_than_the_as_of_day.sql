-- No day of creation, end, stage or order lies after the day told.
select
    'opportunity' as entity_type,
    opportunity_id as entity_id

from {{ ref('fct_opportunities') }}
where created_on > as_of_on or closed_on > as_of_on

union all

select
    'lead' as entity_type,
    lead_id as entity_id

from {{ ref('fct_leads') }}
where created_on > as_of_on or converted_on > as_of_on or closed_on > as_of_on

union all

select
    entity_type,
    entity_id

from {{ ref('fct_funnel_entries') }}
where entered_on > as_of_on or days_in_stage < 0
