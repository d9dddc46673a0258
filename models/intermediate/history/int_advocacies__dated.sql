-- From when until when a customer spoke for us: one who bought for the second time, and
-- whom a referred customer followed, or whose latest answer was that of a promoter.
with

repeated as (

    select
        customer_id,
        sold_on as repeated_on

    from {{ ref('int_purchase_days__spaced') }}
    where purchase_day_number = 2

),

referred as (

    select
        customers.referred_by_customer_id as customer_id,
        'referral' as reason_code,
        min(bought.first_purchase_on) as from_on,
        cast(null as date) as until_on

    from {{ ref('dim_customers') }} as customers
    inner join {{ ref('int_customers__bought') }} as bought
        on customers.customer_id = bought.customer_id
    where
        customers.referred_by_customer_id is not null
        and bought.first_purchase_on is not null
    group by customers.referred_by_customer_id

),

answered as (

    select
        customer_id,
        'promoter' as reason_code,
        answered_on as from_on,
        next_answered_on as until_on

    from {{ ref('int_nps_answers__dated') }}
    where is_promoter

),

spoken as (

    select * from referred

    union all

    select * from answered

),

dated as (

    select
        spoken.customer_id,
        spoken.reason_code,
        greatest(spoken.from_on, repeated.repeated_on) as from_on,
        spoken.until_on

    from spoken
    inner join repeated on spoken.customer_id = repeated.customer_id
    where
        spoken.until_on is null
        or spoken.until_on > repeated.repeated_on

)

select * from dated
