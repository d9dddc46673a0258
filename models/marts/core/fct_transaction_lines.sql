{{ config(database=crm_warehouse.facts_database()) }}

with

tickets as (

    select * from {{ ref('int_tickets__settled') }}

    where leg_code = 'fact'

),

lines as (

    select * from {{ ref('int_lines__costed') }}

),

ticket_lines as (

    select
        lines.*,
        tickets.customer_id,
        tickets.store_id,
        tickets.sold_on,
        tickets.rate_to_base,
        tickets.transaction_type = 'return' as is_return

    from lines

    inner join tickets
        on lines.transaction_id = tickets.transaction_id

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
        {{ crm_warehouse.in_base_currency('cost_amount') }} as cost_amount,
        {{ crm_warehouse.in_base_currency('net_amount - cost_amount') }}
            as margin_amount,
        campaign_id,
        coupon_id,
        is_return

    from ticket_lines

)

select * from facts
