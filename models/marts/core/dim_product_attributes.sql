with

attributes as (

    select * from {{ ref('stg_pos__product_attributes') }}

),

products as (

    select * from {{ ref('dim_products') }}

),

-- What is told of a product that nobody handed over and nobody bought has no row to
-- belong to.
described as (

    select
        attributes.product_id,
        attributes.attribute as attribute_name,
        attributes.value as attribute_value

    from attributes
    inner join products on attributes.product_id = products.product_id

)

select * from described
