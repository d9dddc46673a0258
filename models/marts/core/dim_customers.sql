-- Who the customer is, in bands: no name, phone, e-mail, postal code or birth date.
with

known as (

    select * from {{ ref('int_customers__known') }}

),

members as (

    select * from {{ ref('stg_crm__members') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

first_cards as (

    select
        resolved.customer_id,
        min_by(cards.issued_store_id, cards.card_id) as issued_store_id

    from {{ ref('int_cards__resolved') }} as resolved

    inner join {{ ref('stg_crm__cards') }} as cards
        on resolved.surviving_card_id = cards.card_id

    where cards.issued_store_id is not null

    group by resolved.customer_id

),

aged as (

    select
        members.member_id,
        cast(extract(year from told.as_of_on) as integer)
        - cast(substr(members.birth_date, 1, 4) as integer)
        - case
            when substr(members.birth_date, 6, 5) > substr(cast(told.as_of_on as string), 6, 5)
                then 1
            else 0
        end as age

    from members

    cross join told

    where members.birth_date not like '--%'

),

banded as (

    select
        aged.member_id,
        bands.age_band,
        bands.age_band_name,
        bands.age_band_name_zh

    from aged

    inner join {{ ref('rule_age_bands') }} as bands
        on aged.age >= bands.age_from
        and aged.age <= bands.age_to

),

described as (

    select
        known.customer_id,
        coalesce(members.customer_type, 'person') as customer_type,
        members.gender,
        banded.age_band,
        banded.age_band_name,
        banded.age_band_name_zh,
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
        members.referred_by_member_id as referred_by_customer_id,
        members.owner_staff_id,
        coalesce(members.is_key_account, false) as is_key_account,
        coalesce(members.sms_consent, false) as has_sms_consent,
        coalesce(members.email_consent, false) as has_email_consent,
        coalesce(members.phone_consent, false) as has_phone_consent,
        coalesce(homed.home_store_id, first_cards.issued_store_id) as home_store_id,
        members.member_id is not null as is_known_member

    from known

    left join members
        on known.customer_id = members.member_id

    left join banded
        on known.customer_id = banded.member_id

    left join {{ ref('int_customers__homed') }} as homed
        on known.customer_id = homed.customer_id

    left join first_cards
        on known.customer_id = first_cards.customer_id

)

select * from described
