-- Return tickets that name the ticket of the sale: its customer, and, where the return
-- has no lines of its own, the margin that is given back at that sale's margin rate.
with

tickets as (

    select * from {{ ref('int_tickets__dated') }}

),

lines as (

    select * from {{ ref('int_lines__costed') }}

),

cards as (

    select * from {{ ref('int_cards__resolved') }}

),

returns as (

    select * from tickets

    where transaction_type = 'return' and original_transaction_id is not null

),

sold as (

    select
        returns.transaction_id,
        sum(lines.net_amount) as net_amount,
        sum(lines.net_amount) filter (where lines.cost_amount is not null)
            as margin_known_amount,
        sum(lines.net_amount - lines.cost_amount) as margin_amount

    from returns

    inner join lines
        on returns.original_transaction_id = lines.transaction_id
        and coalesce(returns.original_line_number, lines.line_number)
        = lines.line_number

    group by returns.transaction_id

),

linked as (

    select
        returns.transaction_id,
        cards.customer_id,
        {{ crm_warehouse.money_product('returns.net_amount', crm_warehouse.safe_ratio(
            'sold.margin_amount', 'sold.net_amount'
        )) }} as margin_amount,
        {{ crm_warehouse.money_product('returns.net_amount', crm_warehouse.safe_ratio(
            'sold.margin_known_amount', 'sold.net_amount'
        )) }} as margin_known_amount

    from returns

    left join sold
        on returns.transaction_id = sold.transaction_id

    left join tickets as origins
        on returns.original_transaction_id = origins.transaction_id

    left join cards
        on origins.card_id = cards.card_id

)

select * from linked
