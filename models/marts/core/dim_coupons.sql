with

told as (

    select * from {{ ref('int_as_of') }}

),

coupons as (

    select * from {{ ref('stg_crm__coupons') }}

),

redeemed as (

    select distinct coupon_id
    from {{ ref('fct_coupon_redemptions') }}

),

members as (

    select * from {{ ref('int_members__resolved') }}

),

known as (

    select * from {{ ref('int_customers__known') }}

),

-- Handed out by the as-of day, or redeemed by then whatever its own dates say.
united as (

    select
        coalesce(coupons.coupon_id, redeemed.coupon_id) as coupon_id,
        coupons.campaign_id,
        known.customer_id,
        coupons.member_id is not null as is_personal,
        coupons.issued_at,
        cast(coupons.issued_at as date) as issued_on,
        coupons.valid_from as valid_from_on,
        coupons.valid_to as valid_to_on,
        coupons.face_amount,
        coupons.minimum_spend_amount,
        coupons.coupon_id is not null as is_known

    from coupons
    full outer join redeemed on coupons.coupon_id = redeemed.coupon_id
    cross join told
    left join members on coupons.member_id = members.member_id
    left join known
        on coalesce(members.customer_id, coupons.member_id) = known.customer_id
    where
        redeemed.coupon_id is not null
        or coalesce(
            cast(coupons.issued_at as date), coupons.valid_from, told.as_of_on
        ) <= told.as_of_on

)

select * from united
