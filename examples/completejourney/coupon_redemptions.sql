-- Which basket is not told: it is that of the day with a coupon on one of its products,
-- where there is just one. Days of redemption are the shop's, times of sale five hours on.
with

baskets as (

    select
        transactions.household_id,
        coupons.coupon_upc,
        coupons.campaign_id,
        cast(transactions.transaction_timestamp - interval 5 hour as date) as sold_on,
        min(transactions.basket_id) as basket_id
    from transactions
    inner join coupons on transactions.product_id = coupons.product_id
    where transactions.coupon_disc > 0
    group by all
    having count(distinct transactions.basket_id) = 1

)

select
    concat_ws(
        '-',
        redeemed.household_id,
        redeemed.coupon_upc,
        redeemed.campaign_id,
        strftime(redeemed.redemption_date, '%Y%m%d')
    ) as redemption_id,
    redeemed.coupon_upc || '-' || redeemed.campaign_id as coupon_id,
    cast(redeemed.campaign_id as varchar) as campaign_id,
    cast(baskets.basket_id as varchar) as transaction_id,
    cast(redeemed.household_id as varchar) as member_id,
    cast(redeemed.redemption_date as timestamp) as redeemed_at
from coupon_redemptions as redeemed
left join baskets
    on redeemed.household_id = baskets.household_id
    and redeemed.coupon_upc = baskets.coupon_upc
    and redeemed.campaign_id = baskets.campaign_id
    and cast(redeemed.redemption_date as date) = baskets.sold_on
order by redemption_id
