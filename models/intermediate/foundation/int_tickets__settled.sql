-- Every ticket on its leg (fact, voided, after_as_of or quarantined), its money in the
-- base currency.
{{ config(post_hook="{{ crm_warehouse.refuse_where_no_ticket_is_fit() }}") }}

with

tickets as (

    select * from {{ ref('int_tickets__valued') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

-- A void takes the ticket that it names with it.
voids as (

    select distinct tickets.original_transaction_id as transaction_id

    from {{ ref('int_tickets__dated') }} as tickets

    cross join told

    where
        tickets.transaction_type = 'void'
        and tickets.original_transaction_id is not null
        and tickets.sold_on <= told.as_of_on

),

settled as (

    select
        tickets.transaction_id,
        tickets.table_name,
        case
            when {{ crm_warehouse.unsettled_reason('tickets') }} is not null
                then 'quarantined'
            when tickets.sold_on > told.as_of_on then 'after_as_of'
            when tickets.transaction_type = 'void' then 'voided'
            when voids.transaction_id is not null then 'voided'
            else 'fact'
        end as leg_code,
        {{ crm_warehouse.unsettled_reason('tickets') }} as reasons,
        tickets.customer_id,
        tickets.card_id,
        tickets.store_id,
        tickets.channel,
        tickets.transaction_type,
        tickets.original_transaction_id,
        tickets.sold_at,
        tickets.sold_on,
        tickets.header_amount,
        tickets.lines_amount,
        tickets.rate_to_base,
        {{ crm_warehouse.in_base_currency('tickets.net_amount') }} as net_sales_amount,
        {{ crm_warehouse.in_base_currency('tickets.discount_amount') }}
            as discount_amount,
        {{ crm_warehouse.in_base_currency('tickets.gross_amount') }} as gross_amount,
        {{ crm_warehouse.in_base_currency('tickets.margin_amount') }} as margin_amount,
        {{ crm_warehouse.in_base_currency('tickets.margin_known_amount') }}
            as margin_known_sales_amount,
        tickets.line_count,
        tickets.unit_count,
        tickets.is_orphan_card

    from tickets

    cross join told

    left join voids
        on tickets.transaction_id = voids.transaction_id

)

select * from settled
