-- Every ticket with its money, its customer and its leg: fact, voided, after_as_of or
-- quarantined. Header and lines: the header wins.
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

told as (

    select * from {{ ref('int_as_of') }}

),

voids as (

    select distinct tickets.original_transaction_id as transaction_id

    from tickets

    cross join told

    where
        tickets.transaction_type = 'void'
        and tickets.original_transaction_id is not null
        and tickets.sold_on <= told.as_of_on

),

return_origins as (

    select * from {{ ref('int_returns__linked') }}

),

money as (

    select
        tickets.*,
        coalesce(tickets.net_amount, lines.net_amount) as ticket_amount,
        coalesce(tickets.discount_amount, lines.discount_amount) as ticket_discount_amount,
        coalesce(lines.margin_amount, return_origins.margin_amount) as ticket_margin_amount,
        coalesce(lines.margin_known_amount, return_origins.margin_known_amount)
            as ticket_margin_known_amount,
        lines.net_amount as lines_amount,
        lines.line_count,
        lines.unit_count,
        coalesce(cards.customer_id, return_origins.customer_id) as customer_id,
        tickets.card_id is not null and cards.card_id is null as is_orphan_card,
        case
            when tickets.rate_to_base is null then 'currency: no_exchange_rate'
            when tickets.net_amount is null and lines.net_amount is null
                then 'net_amount: missing'
        end as reasons,
        case
            when tickets.rate_to_base is null then 'quarantined'
            when tickets.net_amount is null and lines.net_amount is null
                then 'quarantined'
            when tickets.sold_on > told.as_of_on then 'after_as_of'
            when tickets.transaction_type = 'void' then 'voided'
            when voids.transaction_id is not null then 'voided'
            else 'fact'
        end as leg_code

    from tickets

    cross join told

    left join lines
        on tickets.transaction_id = lines.transaction_id

    left join cards
        on tickets.card_id = cards.card_id

    left join return_origins
        on tickets.transaction_id = return_origins.transaction_id

    left join voids
        on tickets.transaction_id = voids.transaction_id

),

settled as (

    select
        transaction_id,
        table_name,
        leg_code,
        reasons,
        customer_id,
        card_id,
        store_id,
        channel,
        transaction_type,
        original_transaction_id,
        sold_at,
        sold_on,
        net_amount as header_amount,
        lines_amount,
        rate_to_base,
        {{ crm_warehouse.in_base_currency('ticket_amount') }} as net_sales_amount,
        {{ crm_warehouse.in_base_currency('ticket_discount_amount') }} as discount_amount,
        {{ crm_warehouse.in_base_currency(
            'coalesce(gross_amount, ticket_amount + ticket_discount_amount)'
        ) }} as gross_amount,
        {{ crm_warehouse.in_base_currency('ticket_margin_amount') }} as margin_amount,
        {{ crm_warehouse.in_base_currency('ticket_margin_known_amount') }}
            as margin_known_sales_amount,
        line_count,
        unit_count,
        is_orphan_card

    from money

)

select * from settled
