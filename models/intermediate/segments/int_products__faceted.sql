-- What a product says of who buys it: its category, brand, colour, price.
with

products as (

    select * from {{ ref('dim_products') }}

),

attributes as (

    select * from {{ ref('dim_product_attributes') }}

),

levelled as (

    select * from {{ ref('dim_product_levels') }}

),

price_ranges as (

    select distinct
        value_pattern,
        try_cast(split_part(value_pattern, '-', 1) as decimal(18, 4)) as price_from,
        try_cast(split_part(value_pattern, '-', 2) as decimal(18, 4)) as price_below

    from {{ ref('rule_behaviours') }}
    where kind_code = 'price_range'

),

facets as (

    {% for kind in ('department', 'category', 'subcategory', 'brand', 'supplier') -%}
    select
        product_id,
        '{{ kind }}' as kind_code,
        {{ kind }} as behaviour_value
    from products
    union all
    {% endfor -%}
    select
        product_id,
        'attribute' as kind_code,
        attribute_name || '=' || attribute_value as behaviour_value
    from attributes
    union all
    select
        product_id,
        'price_level' as kind_code,
        price_level as behaviour_value
    from levelled
    union all
    select
        levelled.product_id,
        'price_range' as kind_code,
        price_ranges.value_pattern as behaviour_value
    from levelled
    inner join price_ranges
        on levelled.price_amount >= price_ranges.price_from
        and (
            price_ranges.price_below is null
            or levelled.price_amount < price_ranges.price_below
        )

),

faceted as (

    select *

    from facets
    where behaviour_value is not null

)

select * from faceted
