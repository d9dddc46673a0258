-- 數量折扣: whether items with more units carry the discount, what it costs in margin, and
-- whether more of them stop just above a break than just below it.
with

breaks as (

    select * from {{ ref('agg_quantity_discounts') }}

),

compared as (

    select
        *,
        lag(within_reach_item_count) over (
            partition by category order by break_order asc nulls last
        ) as just_below_item_count

    from breaks

)

select
    category,
    break_name,
    break_name_zh,
    promised_discount_share,
    item_count,
    item_share,
    uptake_share,
    discount_rate,
    average_unit_price_amount,
    margin_rate,
    average_margin_amount,
    at_break_item_count,
    just_below_item_count,
    {{ safe_ratio('at_break_item_count', 'just_below_item_count') }}
        as above_to_below_rate,
    within_reach_item_count,
    average_lacking_unit_count

from compared
order by
    category asc nulls last,
    break_order asc nulls last
