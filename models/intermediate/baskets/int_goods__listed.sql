-- Which products are goods; services, bags and postage are none.
with

products as (

    select * from {{ ref('dim_products') }}

),

excluded as (

    select distinct products.product_id

    from products
    inner join {{ ref('rule_basket_exclusions') }} as exclusions
        on exclusions.field_value = case exclusions.field_code
            when 'category' then lower(products.category)
            when 'subcategory' then lower(products.subcategory)
            else lower(products.product_name)
        end

),

listed as (

    select
        products.product_id,
        products.product_name,
        products.category,
        not products.is_service and excluded.product_id is null as is_goods

    from products
    left join excluded on products.product_id = excluded.product_id

)

select * from listed
