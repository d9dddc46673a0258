-- Tickets that hold both of a pair. What is too rare is gone before the join, and so
-- are the pairs of tickets that hold more than the limit even then.
with

items as (

    select * from {{ ref('int_basket_items__counted') }}

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

kept as (

    select held.*
    from held
    left join {{ ref('int_basket_tickets__oversized') }} as oversized
        on held.transaction_id = oversized.transaction_id
        and held.level_code = oversized.level_code
    where oversized.transaction_id is null

),

pairs as (

    select
        firsts.level_code,
        firsts.item_number as first_item_number,
        seconds.item_number as second_item_number,
        cast(count(*) as bigint) as both_ticket_count

    from kept as firsts
    inner join kept as seconds
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
