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

    {% for level, item in (('product', 'product_id'), ('category', 'category')) -%}
    {% if not loop.first %}union all
    {% endif -%}
    select
        large.transaction_id,
        frequent.level_code
    from large
    inner join frequent
        on large.{{ item }} = frequent.item_code
        and frequent.level_code = '{{ level }}'
    group by large.transaction_id, frequent.level_code, large.most_basket_items
    having count(distinct large.{{ item }}) > large.most_basket_items
    {% endfor %}
)

select * from oversized
