-- Every ticket with its money, in its own currency, and its customer. Header and lines:
-- the header wins, and a null header is the sum of its lines.
{{ config(materialized='view') }}

with

tickets as (

    select * from {{ ref('int_tickets__rated') }}

),

lines as (

    select * from {{ ref('int_lines__summed') }}

),

cards as (

    select * from {{ ref('int_cards__resolved') }}

),

return_origins as (

    select * from {{ ref('int_returns__linked') }}

),

valued as (

    select
        tickets.transaction_id,
        tickets.table_name,
        tickets.transaction_type,
        tickets.original_transaction_id,
        tickets.sold_at,
        tickets.sold_on,
        tickets.store_id,
        tickets.channel,
        tickets.card_id,
        coalesce(
            cards.customer_id,
            case when tickets.card_id is null then return_origins.customer_id end
        ) as customer_id,
        tickets.card_id is not null and cards.card_id is null as is_orphan_card,
        tickets.net_amount as header_amount,
        lines.net_amount as lines_amount,
        coalesce(tickets.net_amount, lines.net_amount) as net_amount,
        coalesce(tickets.discount_amount, lines.discount_amount) as discount_amount,
        cast(coalesce(
            tickets.gross_amount,
            coalesce(tickets.net_amount, lines.net_amount)
            + coalesce(tickets.discount_amount, lines.discount_amount)
        ) as decimal(18, 4)) as gross_amount,
        coalesce(lines.margin_amount, return_origins.margin_amount) as margin_amount,
        coalesce(lines.margin_known_amount, return_origins.margin_known_amount)
            as margin_known_amount,
        lines.line_count,
        coalesce(lines.unit_count, -tickets.returned_unit_count) as unit_count,
        tickets.rate_to_base

    from tickets

    left join lines
        on tickets.transaction_id = lines.transaction_id

    left join cards
        on tickets.card_id = cards.card_id

    left join return_origins
        on tickets.transaction_id = return_origins.transaction_id

)

select * from valued
