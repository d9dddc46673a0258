with

tickets as (

    select * from {{ ref('int_tickets__settled') }}

    where leg_code = 'fact'

),

lines as (

    select * from {{ ref('stg_pos__transaction_lines') }}

),

products as (

    select * from {{ ref('stg_pos__products') }}

),

costed as (

    select
        lines.*,
        tickets.customer_id,
        tickets.store_id,
        tickets.sold_on,
        tickets.rate_to_base,
        tickets.transaction_type = 'return' as is_return,
        coalesce(
            lines.cost_amount,
            cast(lines.quantity * products.unit_cost as decimal(18, 4))
        ) as line_cost_amount

    from lines

    inner join tickets
        on lines.transaction_id = tickets.transaction_id

    left join products
        on lines.product_id = products.product_id

),

facts as (

    select
        transaction_id,
        line_number,
        customer_id,
        store_id,
        sold_on,
        product_id,
        quantity,
        {{ crm_warehouse.in_base_currency('net_amount') }} as net_sales_amount,
        {{ crm_warehouse.in_base_currency('discount_amount') }} as discount_amount,
        {{ crm_warehouse.in_base_currency('line_cost_amount') }} as cost_amount,
        {{ crm_warehouse.in_base_currency('net_amount - line_cost_amount') }}
            as margin_amount,
        campaign_id,
        coupon_id,
        is_return

    from costed

)

select * from facts
