-- Tickets that hold both of a pair. What is too rare is gone before the join, and so
-- are tickets with more products than the limit: 500 products would be 124,750 pairs.
with

items as (

    select items.*
    from {{ ref('int_basket_items__counted') }} as items
    cross join {{ ref('int_basket_terms__told') }} as terms
    where items.basket_item_count <= terms.most_basket_items

),

frequent as (

    select * from {{ ref('int_basket_items__frequent') }}

),

held as (

    select
        items.transaction_id,
        frequent.level_code,
        frequent.item_number,
        frequent.minimum_ticket_count

    from items
    inner join frequent
        on items.product_id = frequent.item_code
        and frequent.level_code = 'product'

    union all

    select
        items.transaction_id,
        frequent.level_code,
        frequent.item_number,
        frequent.minimum_ticket_count

    from items
    inner join frequent
        on items.category = frequent.item_code
        and frequent.level_code = 'category'
    group by
        items.transaction_id,
        frequent.level_code,
        frequent.item_number,
        frequent.minimum_ticket_count

),

pairs as (

    select
        firsts.level_code,
        firsts.item_number as first_item_number,
        seconds.item_number as second_item_number,
        cast(count(*) as bigint) as both_ticket_count

    from held as firsts
    inner join held as seconds
        on firsts.transaction_id = seconds.transaction_id
        and firsts.level_code = seconds.level_code
        and firsts.item_number < seconds.item_number
    group by
        firsts.level_code,
        firsts.item_number,
        seconds.item_number
    having count(*) >= max(firsts.minimum_ticket_count)

)

select * from pairs
