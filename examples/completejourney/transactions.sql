-- A basket is a ticket. What the shop took is `sales_value`: its own discounts are off,
-- coupons of manufacturers are not, since those pay for them.
select
    cast(basket_id as varchar) as transaction_id,
    cast(min(household_id) as varchar) as card_id,
    cast(min(store_id) as varchar) as store_id,
    cast(min(transaction_timestamp) as timestamp) as occurred_at,
    cast(sum(cast(round(sales_value, 2) as decimal(18, 4))) as decimal(18, 4))
        as net_amount,
    cast(
        sum(cast(round(retail_disc + coupon_match_disc, 2) as decimal(18, 4)))
        as decimal(18, 4)
    ) as discount_amount
from transactions
group by basket_id
order by transaction_id
