-- 最合適的商品;最恰當的時機和位置;最有效的手段;最有需求的客戶: the offers that promise most,
-- with day, store and channel.
select
    offer_on,
    customer_id,
    offer_rank,
    product_id,
    product_name,
    reason_name,
    reason_name_zh,
    trigger_product_name,
    due_on,
    buy_rate,
    item_value_amount,
    offer_score,
    weekday_code,
    daypart_code,
    store_id,
    sales_channel,
    preferred_channel_name,
    preferred_channel_name_zh,
    response_likelihood,
    action,
    action_zh

from {{ ref('lst_next_offers') }}
order by
    offer_score desc nulls last,
    customer_id asc nulls last,
    offer_rank asc nulls last
