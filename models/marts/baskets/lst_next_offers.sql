-- 最合適的商品;最恰當的時機和位置;最有效的手段: what to offer to whom next, when, where and
-- by which channel.
with

offers as (

    select * from {{ ref('int_offers__gathered') }}

),

terms as (

    select * from {{ ref('int_basket_terms__told') }}

),

chosen as (

    select
        offers.*,
        contactable.allowed_channels,
        contactable.preferred_channel_code,
        contactable.preferred_channel_name,
        contactable.preferred_channel_name_zh,
        contactable.response_likelihood,
        contactable.owner_staff_id,
        terms.as_of_on,
        terms.most_offers,
        greatest(terms.as_of_on, coalesce({{ crm_warehouse.date_add_days(
            'offers.due_on', -1
        ) }}, terms.as_of_on)) as after_on,
        cast(row_number() over (
            partition by offers.customer_id
            order by
                offers.offer_score desc nulls last,
                offers.buy_rate desc nulls last,
                offers.product_id asc nulls last
        ) as bigint) as offer_rank

    from offers
    cross join terms
    inner join {{ ref('lst_contactable_customers') }} as contactable
        on offers.customer_id = contactable.customer_id

),

told as (

    select
        chosen.customer_id,
        chosen.offer_rank,
        chosen.product_id,
        products.product_name,
        products.category,
        chosen.reason_code,
        reasons.reason_name,
        reasons.reason_name_zh,
        chosen.trigger_product_id,
        triggers.product_name as trigger_product_name,
        chosen.lift_rate,
        chosen.buy_rate,
        chosen.item_value_amount,
        chosen.offer_score,
        chosen.due_on,
        {{ crm_warehouse.date_add_days(
            'chosen.after_on',
            '(visits.weekday_number - ' ~ crm_warehouse.iso_weekday('chosen.after_on')
            ~ ' + 6) % 7 + 1'
        ) }} as offer_on,
        visits.weekday_code,
        visits.daypart_code,
        visits.store_id,
        visits.sales_channel,
        chosen.preferred_channel_code,
        chosen.preferred_channel_name,
        chosen.preferred_channel_name_zh,
        chosen.allowed_channels,
        chosen.response_likelihood,
        chosen.owner_staff_id,
        reasons.action,
        reasons.action_zh,
        chosen.as_of_on

    from chosen
    inner join {{ ref('dim_products') }} as products
        on chosen.product_id = products.product_id
    inner join {{ ref('rule_offer_reasons') }} as reasons
        on chosen.reason_code = reasons.reason_code
    left join {{ ref('dim_products') }} as triggers
        on chosen.trigger_product_id = triggers.product_id
    left join {{ ref('int_customer_visits__found') }} as visits
        on chosen.customer_id = visits.customer_id
    where chosen.offer_rank <= chosen.most_offers

)

select * from told
