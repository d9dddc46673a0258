with

redemptions as (

    select * from {{ ref('stg_crm__coupon_redemptions') }}

),

coupons as (

    select * from {{ ref('stg_crm__coupons') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

tickets as (

    select * from {{ ref('fct_transactions') }}

),

members as (

    select * from {{ ref('int_members__resolved') }}

),

known as (

    select * from {{ ref('int_customers__known') }}

),

-- Who redeemed is the member named; else whose card was shown.
redeemed as (

    select
        redemptions.redemption_id,
        redemptions.coupon_id,
        coalesce(redemptions.campaign_id, coupons.campaign_id) as campaign_id,
        redemptions.transaction_id,
        case
            when redemptions.member_id is null then tickets.customer_id
            else known.customer_id
        end as customer_id,
        redemptions.redeemed_at,
        cast(redemptions.redeemed_at as date) as redeemed_on,
        redemptions.amount as discount_amount,
        tickets.net_sales_amount as ticket_net_sales_amount

    from redemptions
    cross join told
    left join coupons on redemptions.coupon_id = coupons.coupon_id
    left join tickets on redemptions.transaction_id = tickets.transaction_id
    left join members on redemptions.member_id = members.member_id
    left join known
        on coalesce(members.customer_id, redemptions.member_id) = known.customer_id
    where cast(redemptions.redeemed_at as date) <= told.as_of_on

)

select * from redeemed
