-- Product by product to the cent, and both periods to the lines of known customers.
with

products as (

    select * from {{ ref('agg_product_switching') }}

),

periods as (

    select distinct
        before_start_on,
        window_start_on
    from products

),

lines as (

    select
        lines.product_id,
        sum(lines.net_sales_amount) filter (
            where lines.sold_on < periods.window_start_on
        ) as before_amount,
        sum(lines.net_sales_amount) filter (
            where lines.sold_on >= periods.window_start_on
        ) as window_amount

    from {{ ref('fct_transaction_lines') }} as lines
    cross join periods
    where
        lines.customer_id is not null
        and lines.product_id is not null
        and lines.sold_on >= periods.before_start_on
    group by lines.product_id

)

select
    lines.*,
    products.change_amount

from lines
left join products on lines.product_id = products.product_id
where
    coalesce(products.before_net_sales_amount, 0) != coalesce(lines.before_amount, 0)
    or coalesce(products.window_net_sales_amount, 0) != coalesce(lines.window_amount, 0)
    or products.change_amount
    != products.window_net_sales_amount - products.before_net_sales_amount
    or products.change_amount != products.new_amount + products.lost_amount
    + products.increased_amount + products.decreased_amount
    + products.switched_in_amount + products.switched_out_amount
