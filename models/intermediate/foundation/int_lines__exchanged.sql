-- Lines of tickets in a foreign currency, added up by ticket in the base currency.
-- Exchanged line by line, as the facts are: a sum exchanged at once rounds otherwise.
with

tickets as (

    select * from {{ ref('int_tickets__settled') }}

    where rate_to_base != 1 and leg_code != 'quarantined'

),

lines as (

    select * from {{ ref('stg_pos__transaction_lines') }}

),

exchanged as (

    select
        tickets.transaction_id,
        cast(
            sum({{ crm_warehouse.in_base_currency('lines.net_amount') }})
            as decimal(18, 4)
        ) as net_sales_amount

    from lines

    inner join tickets
        on lines.transaction_id = tickets.transaction_id

    group by tickets.transaction_id

)

select * from exchanged
