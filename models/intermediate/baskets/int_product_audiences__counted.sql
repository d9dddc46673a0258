-- Buyers of each product and category by segment.
with

bought as (

    select * from {{ ref('int_customer_products__summed') }}

    where is_goods and window_line_count > 0

),

audiences as (

    select * from {{ ref('int_audiences__placed') }}

),

held as (

    select
        'product' as level_code,
        product_id as item_code,
        customer_id,
        window_net_sales_amount as net_sales_amount
    from bought
    union all
    select
        'category' as level_code,
        category as item_code,
        customer_id,
        sum(window_net_sales_amount) as net_sales_amount
    from bought
    where category is not null
    group by category, customer_id

),

cells as (

    select
        held.level_code,
        held.item_code,
        audiences.scheme_code,
        audiences.segment_code,
        count(*) as customer_count,
        cast(sum(held.net_sales_amount) as decimal(18, 4)) as net_sales_amount

    from held
    inner join audiences on held.customer_id = audiences.customer_id
    group by
        held.level_code,
        held.item_code,
        audiences.scheme_code,
        audiences.segment_code

),

sized as (

    select
        scheme_code,
        segment_code,
        count(*) as segment_customer_count

    from audiences
    group by scheme_code, segment_code

),

counted as (

    select
        cells.*,
        cast(sum(cells.customer_count) over (
            partition by cells.level_code, cells.item_code, cells.scheme_code
        ) as bigint) as item_customer_count,
        cast(sum(cells.net_sales_amount) over (
            partition by cells.level_code, cells.item_code, cells.scheme_code
        ) as decimal(18, 4)) as item_net_sales_amount,
        cast(sum(cells.net_sales_amount) over (
            partition by cells.level_code, cells.scheme_code, cells.segment_code
        ) as decimal(18, 4)) as segment_net_sales_amount,
        cast(sum(cells.net_sales_amount) over (
            partition by cells.level_code, cells.scheme_code
        ) as decimal(18, 4)) as level_net_sales_amount,
        sized.segment_customer_count

    from cells
    inner join sized
        on cells.scheme_code = sized.scheme_code
        and cells.segment_code = sized.segment_code

)

select * from counted
