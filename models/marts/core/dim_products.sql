with

products as (

    select * from {{ ref('stg_pos__products') }}

),

sold as (

    select distinct product_id

    from {{ ref('fct_transaction_lines') }}

    where product_id is not null

),

-- A product that sold but was not handed over is there too, so that facts find their
-- row.
united as (

    select
        coalesce(products.product_id, sold.product_id) as product_id,
        products.product_name,
        products.department,
        products.category,
        products.subcategory,
        products.brand,
        products.supplier,
        products.list_price as list_price_amount,
        products.unit_cost as unit_cost_amount,
        products.introduced_on,
        coalesce(products.is_service, false) as is_service,
        products.product_id is not null as is_known

    from products

    full outer join sold
        on products.product_id = sold.product_id

)

select * from united
