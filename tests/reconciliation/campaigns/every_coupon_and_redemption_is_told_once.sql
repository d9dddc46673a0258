-- Campaigns and none add up to all, and all is what core holds, to the cent.
with

told as (

    select
        scope_code = 'all' as is_whole,
        coalesce(sum(coupon_count), 0) as coupon_count,
        coalesce(
            sum(redeemed_coupon_count + expired_coupon_count + open_coupon_count), 0
        ) as judged_count,
        coalesce(sum(redemption_count), 0) as redemption_count,
        coalesce(sum(discount_amount), 0) as discount_amount

    from {{ ref('agg_coupon_redemptions') }}
    group by scope_code = 'all'

),

coupons as (

    select count(*) as coupon_count
    from {{ ref('dim_coupons') }}
    where is_known

),

redemptions as (

    select
        count(*) as redemption_count,
        coalesce(sum(discount_amount), 0) as discount_amount

    from {{ ref('fct_coupon_redemptions') }}

)

select
    told.*,
    coupons.coupon_count as expected_coupon_count,
    redemptions.redemption_count as expected_redemption_count,
    redemptions.discount_amount as expected_discount_amount

from told
cross join coupons
cross join redemptions
where
    told.coupon_count != coupons.coupon_count
    or redemptions.redemption_count > 0 and told.judged_count != coupons.coupon_count
    or told.redemption_count != redemptions.redemption_count
    or told.discount_amount != redemptions.discount_amount
