-- The one reading of the window's lines from which all behaviour in buying is told.
with

told as (

    select * from {{ ref('int_window_buyers__counted') }}

),

products as (

    select * from {{ ref('dim_products') }}

),

lines as (

    select
        lines.customer_id,
        coalesce(lines.product_id, '') as product_id,
        lines.sold_on,
        lines.quantity,
        lines.net_sales_amount,
        lines.margin_amount,
        lines.quantity > 0 and not lines.is_return as is_purchase,
        lines.campaign_id is not null as is_campaign,
        lines.coupon_id is not null as is_coupon,
        coalesce(lines.discount_amount > 0, false) as is_discount,
        coalesce(
            lines.sold_on < {{ crm_warehouse.date_add_days(
                'products.introduced_on',
                crm_warehouse.checked_integer('new_product_days', 1, 3660)
            ) }}, false
        ) as is_new_product

    from {{ ref('fct_transaction_lines') }} as lines
    cross join told
    left join products on lines.product_id = products.product_id
    where
        lines.customer_id is not null
        and lines.sold_on >= told.window_start_on

),

summed as (

    select
        customer_id,
        product_id,
        is_campaign,
        is_coupon,
        is_discount,
        is_new_product,
        cast(count_if(is_purchase) as bigint) as line_count,
        min(sold_on) filter (where is_purchase) as first_on,
        max(sold_on) filter (where is_purchase) as last_on,
        cast(sum(quantity) as decimal(18, 6)) as unit_count,
        cast(sum(net_sales_amount) as decimal(18, 4)) as net_sales_amount,
        cast(sum(margin_amount) as decimal(18, 4)) as margin_amount,
        cast(
            sum(net_sales_amount) filter (where margin_amount is not null)
            as decimal(18, 4)
        ) as margin_known_sales_amount

    from lines
    group by
        customer_id, product_id, is_campaign, is_coupon, is_discount, is_new_product

)

select * from summed
