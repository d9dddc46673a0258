-- Contacts up to the as-of day, and whether the customer answered each. A control was
-- not contacted; an answer without a contact number answers every contact of its
-- campaign.
with

told as (

    select * from {{ ref('int_as_of') }}

),

contacts as (

    select contacts.*

    from {{ ref('stg_crm__campaign_contacts') }} as contacts

    cross join told

    where
        coalesce(contacts.cell, 'treatment') = 'treatment'
        and cast(contacts.contacted_at as date) <= told.as_of_on

),

answers as (

    select distinct contacts.contact_id

    from contacts

    cross join told

    inner join {{ ref('stg_crm__campaign_responses') }} as responses
        on contacts.member_id = responses.member_id
        and contacts.campaign_id = responses.campaign_id
        and contacts.contact_id = coalesce(responses.contact_id, contacts.contact_id)

    left join {{ ref('rule_response_types') }} as response_types
        on lower(responses.response_type) = response_types.response_type

    where
        coalesce(response_types.is_answer, true)
        and cast(responses.responded_at as date) <= told.as_of_on

),

answered as (

    select
        contacts.contact_id,
        coalesce(members.customer_id, contacts.member_id) as customer_id,
        cast(contacts.contacted_at as date) as contacted_on,
        cast(contacts.contacted_at as date) >= {{ crm_warehouse.date_add_days(
            'told.as_of_on',
            1 - crm_warehouse.checked_integer('response_window_days', 1, 3660)
        ) }} as is_in_response_window,
        answers.contact_id is not null as is_answered,
        contacts.cost_amount

    from contacts

    cross join told

    left join {{ ref('int_members__resolved') }} as members
        on contacts.member_id = members.member_id

    left join answers
        on contacts.contact_id = answers.contact_id

)

select * from answered
