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

campaigns as (

    select * from {{ ref('stg_crm__campaigns') }}

),

words as (

    select * from {{ ref('rule_channel_words') }}

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
        coalesce(contacts.channel, campaigns.channel) as channel,
        coalesce(
            words.channel_code, lower(coalesce(contacts.channel, campaigns.channel))
        ) as channel_code,
        coalesce(contacts.cell, 'treatment') as cell_code,
        coalesce(contacts.cell, 'treatment') = 'control' as is_control,
        answered.is_answered,
        contacts.cost_amount

    from contacts
    cross join told
    left join campaigns on contacts.campaign_id = campaigns.campaign_id
    left join words
        on lower(coalesce(contacts.channel, campaigns.channel)) = words.channel_word
    left join answered on contacts.contact_id = answered.contact_id
    left join members on contacts.member_id = members.member_id
    left join known
        on coalesce(members.customer_id, contacts.member_id) = known.customer_id
    where cast(contacts.contacted_at as date) <= told.as_of_on

)

select * from facts
