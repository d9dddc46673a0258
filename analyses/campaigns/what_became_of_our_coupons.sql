-- 促销力度、成本: coupons redeemed, expired and open, what they cost and on which tickets.
select
    scope_code,
    campaign_id,
    campaign_name,
    coupon_count,
    redeemed_coupon_rate,
    expired_coupon_count,
    open_face_amount,
    average_redemption_days,
    redeemer_count,
    reached_redeemer_rate,
    discount_amount,
    ticket_count,
    average_ticket_net_sales,
    outside_validity_count

from {{ ref('agg_coupon_redemptions') }}
order by discount_amount desc nulls last, campaign_id asc nulls last
