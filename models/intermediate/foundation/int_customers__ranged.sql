-- How many categories and stores a customer bought from; null where none is known.
with

categories as (

    select
        lines.customer_id,
        nullif(count(distinct products.category), 0) as category_count

    from {{ ref('fct_transaction_lines') }} as lines

    inner join {{ ref('dim_products') }} as products
        on lines.product_id = products.product_id

    where lines.customer_id is not null and lines.quantity > 0

    group by lines.customer_id

),

stores as (

    select
        customer_id,
        nullif(count(distinct store_id), 0) as store_count

    from {{ ref('fct_transactions') }}

    where customer_id is not null and not is_return

    group by customer_id

),

ranged as (

    select
        stores.customer_id,
        categories.category_count,
        stores.store_count

    from stores

    left join categories
        on stores.customer_id = categories.customer_id

)

select * from ranged
