-- Orders of resellers: pairs grow with the square, 500 products are 124,750 of them.
with

large as (

    select
        items.transaction_id,
        items.product_id,
        items.category,
        terms.most_basket_items

    from {{ ref('int_basket_items__counted') }} as items
    cross join {{ ref('int_basket_terms__told') }} as terms
    where items.basket_item_count > terms.most_basket_items

),

frequent as (

    select * from {{ ref('int_basket_items__frequent') }}

),

oversized as (

    select
        large.transaction_id,
        frequent.level_code

    from large
    inner join frequent
        on large.product_id = frequent.item_code
        and frequent.level_code = 'product'
    group by large.transaction_id, frequent.level_code, large.most_basket_items
    having count(*) > large.most_basket_items

    union all

    select
        large.transaction_id,
        frequent.level_code

    from large
    inner join frequent
        on large.category = frequent.item_code
        and frequent.level_code = 'category'
    group by large.transaction_id, frequent.level_code, large.most_basket_items
    having count(distinct large.category) > large.most_basket_items

)

select * from oversized
