-- Where the change of a product's sales came from: new and lost customers of its
-- category, more and less of it, and what moved between it and the rest.
with

moves as (

    select * from {{ ref('int_product_moves__summed') }}

),

products as (

    select * from {{ ref('dim_products') }}

),

terms as (

    select * from {{ ref('int_basket_terms__told') }}

),

told as (

    select
        moves.product_id,
        products.product_name,
        products.category,
        moves.before_net_sales_amount,
        moves.window_net_sales_amount,
        moves.change_amount,
        {{ safe_ratio('moves.change_amount', 'moves.before_net_sales_amount') }}
            as change_rate,
        moves.new_amount,
        moves.lost_amount,
        moves.increased_amount,
        moves.decreased_amount,
        moves.switched_in_amount,
        moves.switched_out_amount,
        moves.new_customer_count,
        moves.lost_customer_count,
        moves.increased_customer_count,
        moves.decreased_customer_count,
        moves.switched_in_customer_count,
        moves.switched_out_customer_count,
        terms.is_before_complete,
        terms.before_start_on,
        terms.as_of_on,
        terms.window_start_on,
        terms.window_month_count

    from moves
    cross join terms
    inner join products on moves.product_id = products.product_id

)

select * from told
