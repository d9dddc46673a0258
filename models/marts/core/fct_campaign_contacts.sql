with

contacts as (

    select * from {{ ref('stg_crm__campaign_contacts') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

answered as (

    select * from {{ ref('int_contacts__answered') }}

),

members as (

    select * from {{ ref('int_members__resolved') }}

),

known as (

    select * from {{ ref('int_customers__known') }}

),

facts as (

    select
        contacts.contact_id,
        contacts.campaign_id,
        known.customer_id,
        contacts.contacted_at,
        cast(contacts.contacted_at as date) as contacted_on,
        contacts.channel,
        coalesce(contacts.cell, 'treatment') as cell_code,
        coalesce(contacts.cell, 'treatment') = 'control' as is_control,
        answered.is_answered,
        contacts.cost_amount

    from contacts
    cross join told
    left join answered on contacts.contact_id = answered.contact_id
    left join members on contacts.member_id = members.member_id
    left join known
        on coalesce(members.customer_id, contacts.member_id) = known.customer_id
    where cast(contacts.contacted_at as date) <= told.as_of_on

)

select * from facts
