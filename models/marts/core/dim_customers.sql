-- Who the customer is, in bands: no name, phone, e-mail, postal code or birth date.
with

known as (

    select * from {{ ref('int_customers__known') }}

),

members as (

    select * from {{ ref('stg_crm__members') }}

),

house_customers as (

    select distinct customer_id
    from {{ ref('dim_cards') }}
    where is_house_card

),

described as (

    select
        known.customer_id,
        coalesce(members.customer_type, 'person') as customer_type,
        members.gender,
        aged.age_band,
        aged.age_band_name,
        aged.age_band_name_zh,
        members.income_band,
        members.marital_status,
        members.education,
        members.occupation,
        members.industry,
        members.company_size,
        members.region,
        members.country,
        members.household_id,
        members.household_size,
        members.joined_on,
        known.known_on,
        known.card_count,
        known.card_count > 0 as has_card,
        -- Nobody brought themselves, not even before their cards were merged.
        nullif(
            coalesce(referrers.customer_id, members.referred_by_member_id),
            known.customer_id
        ) as referred_by_customer_id,
        members.owner_staff_id,
        coalesce(members.is_key_account, false) as is_key_account,
        coalesce(members.sms_consent, false) as has_sms_consent,
        coalesce(members.email_consent, false) as has_email_consent,
        coalesce(members.phone_consent, false) as has_phone_consent,
        coalesce(withheld.has_opted_out, false) as has_opted_out,
        coalesce(withheld.is_consent_unreadable, false) as is_consent_unreadable,
        homed.home_store_id,
        distanced.home_store_distance_km,
        members.member_id is not null as is_known_member,
        house_customers.customer_id is not null as is_house_customer

    from known

    left join members
        on known.customer_id = members.member_id

    left join {{ ref('int_members__resolved') }} as referrers
        on members.referred_by_member_id = referrers.member_id

    left join {{ ref('int_members__aged') }} as aged
        on known.customer_id = aged.member_id

    left join {{ ref('int_customers__homed') }} as homed
        on known.customer_id = homed.customer_id

    left join {{ ref('int_customers__distanced') }} as distanced
        on known.customer_id = distanced.customer_id

    left join {{ ref('int_consents__withheld') }} as withheld
        on known.customer_id = withheld.customer_id

    left join house_customers
        on known.customer_id = house_customers.customer_id

)

select * from described
