{{ config(database=crm_warehouse.facts_database()) }}

with

tickets as (

    select * from {{ ref('int_tickets__settled') }}

),

facts as (

    select
        transaction_id,
        customer_id,
        card_id,
        store_id,
        sold_on,
        sold_at,
        channel,
        transaction_type,
        original_transaction_id,
        gross_amount,
        discount_amount,
        net_sales_amount,
        margin_amount,
        margin_known_sales_amount,
        line_count,
        unit_count,
        transaction_type = 'return' as is_return,
        customer_id is null as is_anonymous,
        is_orphan_card

    from tickets

    where leg_code = 'fact'

)

select * from facts
