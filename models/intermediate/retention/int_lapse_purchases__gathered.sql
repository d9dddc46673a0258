-- What the lost bought before, by product and day, at which price.
with

lapses as (

    select * from {{ ref('int_customer_lapses__dated') }}

),

lines as (

    select * from {{ ref('fct_transaction_lines') }}
    where
        customer_id is not null
        and product_id is not null
        and not is_return
        and quantity > 0
        and net_sales_amount > 0

),

products as (

    select * from {{ ref('dim_products') }}

),

bought as (

    select
        lapses.customer_id,
        lapses.lapsed_on,
        lapses.last_purchase_on,
        lapses.signals_start_on,
        lines.product_id,
        lines.sold_on,
        cast(sum(lines.quantity) as decimal(18, 6)) as quantity,
        cast(sum(lines.net_sales_amount) as decimal(18, 4)) as net_sales_amount

    from lapses
    inner join lines
        on lapses.customer_id = lines.customer_id
        and lapses.habits_start_on <= lines.sold_on
        and lapses.last_purchase_on >= lines.sold_on
    group by
        lapses.customer_id,
        lapses.lapsed_on,
        lapses.last_purchase_on,
        lapses.signals_start_on,
        lines.product_id,
        lines.sold_on

),

priced as (

    select
        bought.*,
        {{ safe_ratio('bought.net_sales_amount', 'bought.quantity') }} as unit_price

    from bought

),

compared as (

    select
        priced.customer_id,
        priced.lapsed_on,
        priced.last_purchase_on,
        priced.product_id,
        products.category,
        priced.sold_on,
        priced.sold_on >= priced.signals_start_on as is_recent,
        priced.quantity,
        priced.unit_price,
        lag(priced.unit_price) over (
            partition by priced.customer_id, priced.lapsed_on, priced.product_id
            order by priced.sold_on asc nulls last
        ) as previous_unit_price

    from priced
    inner join products on priced.product_id = products.product_id

)

select * from compared
