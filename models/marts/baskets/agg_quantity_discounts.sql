-- 數量折扣,級別: how much is bought at each price break, at which price, and how far the
-- next one is.
with

reached as (

    select * from {{ ref('int_item_breaks__reached') }}

),

wholes as (

    select
        category,
        sum(item_count) as item_count

    from reached
    group by category

),

terms as (

    select * from {{ ref('int_basket_terms__told') }}

),

told as (

    select
        reached.category,
        reached.break_order,
        breaks.break_name,
        breaks.break_name_zh,
        breaks.least_units as least_unit_count,
        reached.next_least_units as next_least_unit_count,
        breaks.discount_share as promised_discount_share,
        reached.item_count,
        {{ safe_ratio('reached.item_count', 'wholes.item_count') }} as item_share,
        reached.unit_count,
        reached.net_sales_amount,
        cast({{ safe_ratio(
            'reached.net_sales_amount', 'reached.unit_count'
        ) }} as decimal(18, 4)) as average_unit_price_amount,
        reached.discounted_item_count,
        {{ safe_ratio(
            'reached.discounted_item_count', 'reached.discount_known_item_count'
        ) }} as uptake_share,
        reached.discount_amount,
        {{ safe_ratio(
            'reached.discount_amount', 'reached.discount_known_gross_amount'
        ) }} as discount_rate,
        reached.margin_amount,
        {{ safe_ratio('reached.margin_amount', 'reached.margin_known_sales_amount') }}
            as margin_rate,
        cast({{ safe_ratio(
            'reached.margin_amount', 'reached.item_count'
        ) }} as decimal(18, 4)) as average_margin_amount,
        reached.at_break_item_count,
        case when reached.next_least_units is not null then within_reach_item_count end
            as within_reach_item_count,
        {{ safe_ratio(
            'reached.lacking_unit_count',
            'case when reached.next_least_units is not null then reached.item_count end'
        ) }} as average_lacking_unit_count,
        terms.reach_units as reach_unit_count,
        terms.as_of_on,
        terms.window_start_on,
        terms.window_month_count

    from reached
    cross join terms
    inner join wholes on reached.category = wholes.category
    inner join {{ ref('rule_quantity_breaks') }} as breaks
        on reached.scope_category = breaks.category
        and reached.break_order = breaks.break_order

)

select * from told
