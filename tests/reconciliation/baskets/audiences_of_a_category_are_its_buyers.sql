-- Segments that are told hold no more buyers than the item has, and where none is left
-- out exactly them; a scheme's segments hold no more customers than the window.
with

cells as (

    select * from {{ ref('agg_product_segments') }}

),

added as (

    select
        level_code,
        item_code,
        scheme_code,
        max(item_customer_count) as item_customer_count,
        max(population_count) as population_count,
        sum(customer_count) as customer_count,
        sum(customer_share) as customer_share,
        sum(segment_customer_count) as segment_customer_count

    from cells
    group by level_code, item_code, scheme_code

),

categories as (

    select
        products.category,
        count(distinct lines.customer_id) as customer_count

    from {{ ref('fct_transaction_lines') }} as lines
    inner join {{ ref('dim_products') }} as products
        on lines.product_id = products.product_id
    inner join {{ ref('fct_customers') }} as customers
        on lines.customer_id = customers.customer_id
    where
        customers.is_window_buyer
        and lines.sold_on >= customers.window_start_on
        and lines.quantity > 0
        and not lines.is_return
        and not products.is_service
    group by products.category

)

select added.*
from added
left join categories
    on added.level_code = 'category' and added.item_code = categories.category
where
    added.customer_count > added.item_customer_count
    or added.segment_customer_count > added.population_count
    or added.item_customer_count > added.population_count
    or added.item_customer_count > categories.customer_count
