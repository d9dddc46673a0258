with

tenders as (

    select * from {{ ref('stg_pos__tenders') }}

),

tickets as (

    select * from {{ ref('int_tickets__settled') }}

    where leg_code = 'fact'

),

paid as (

    select
        tickets.transaction_id,
        tenders.tender_type,
        tickets.customer_id,
        tickets.store_id,
        tickets.sold_on,
        tickets.channel,
        tickets.transaction_type = 'return' as is_return,
        tickets.rate_to_base,
        tenders.amount

    from tenders

    inner join tickets
        on tenders.transaction_id = tickets.transaction_id

),

facts as (

    select
        transaction_id,
        tender_type,
        customer_id,
        store_id,
        sold_on,
        channel,
        is_return,
        {{ crm_warehouse.in_base_currency('amount') }} as tender_amount

    from paid

)

select * from facts
