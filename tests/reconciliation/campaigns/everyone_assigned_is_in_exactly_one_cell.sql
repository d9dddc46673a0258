-- Customers of the cells are those who were contacted or kept, each once; contacts of
-- strangers are counted apart.
with

contacts as (

    select
        campaign_id,
        count(distinct customer_id) as customer_count,
        count(*) - count(customer_id) as unknown_contact_count

    from {{ ref('fct_campaign_contacts') }}
    group by campaign_id

),

effects as (

    select * from {{ ref('agg_campaign_effects') }}

)

select
    contacts.*,
    effects.treatment_assigned_count,
    effects.control_assigned_count

from contacts
full outer join effects on contacts.campaign_id = effects.campaign_id
where
    contacts.campaign_id is null
    or effects.campaign_id is null
    or contacts.customer_count
    != effects.treatment_assigned_count + effects.control_assigned_count
    or contacts.unknown_contact_count != effects.unknown_contact_count
    or effects.treatment_measured_count > effects.treatment_assigned_count
    or effects.control_measured_count > effects.control_assigned_count
