-- What a ticket holds, each product once: the one pass over the lines of the window.
with

lines as (

    select * from {{ ref('fct_transaction_lines') }}

    where not is_return

),

goods as (

    select * from {{ ref('int_goods__listed') }}

    where is_goods

),

terms as (

    select * from {{ ref('int_basket_terms__told') }}

),

-- What came back on the same ticket is not in the basket.
items as (

    select
        lines.transaction_id,
        lines.product_id,
        goods.category,
        sum(lines.quantity) as unit_count,
        sum(lines.net_sales_amount) as net_sales_amount,
        sum(lines.discount_amount) as discount_amount,
        sum(lines.margin_amount) as margin_amount,
        sum(lines.net_sales_amount) filter (where lines.margin_amount is not null)
            as margin_known_sales_amount

    from lines
    cross join terms
    inner join goods on lines.product_id = goods.product_id
    where lines.sold_on >= terms.window_start_on
    group by lines.transaction_id, lines.product_id, goods.category
    having sum(lines.quantity) > 0

),

counted as (

    select
        transaction_id,
        product_id,
        category,
        cast(unit_count as decimal(18, 6)) as unit_count,
        cast(net_sales_amount as decimal(18, 4)) as net_sales_amount,
        cast(discount_amount as decimal(18, 4)) as discount_amount,
        cast(margin_amount as decimal(18, 4)) as margin_amount,
        cast(margin_known_sales_amount as decimal(18, 4)) as margin_known_sales_amount,
        cast(count(*) over (partition by transaction_id) as bigint) as basket_item_count

    from items

)

select * from counted
