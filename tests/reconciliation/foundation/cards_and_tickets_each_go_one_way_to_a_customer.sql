-- Cards of all ways are those of dim_cards and the orphans; tickets and net sales are
-- those of the ledger, to the cent.
with

ways as (

    select
        sum(card_count) filter (where resolution_code != 'orphan') as card_count,
        sum(ticket_count) as ticket_count,
        sum(net_sales_amount) as net_sales_amount,
        sum(ticket_count) filter (where resolution_code = 'orphan')
            as orphan_ticket_count,
        sum(house_card_count) as house_card_count

    from {{ ref('card_resolutions') }}

),

cards as (

    select
        count(*) as card_count,
        count_if(is_house_card) as house_card_count

    from {{ ref('dim_cards') }}

),

tickets as (

    select
        count(*) as ticket_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        count_if(is_orphan_card) as orphan_ticket_count

    from {{ ref('fct_transactions') }}

)

select
    ways.*,
    cards.card_count as expected_card_count,
    cards.house_card_count as expected_house_card_count,
    tickets.ticket_count as expected_ticket_count,
    tickets.net_sales_amount as expected_net_sales_amount,
    tickets.orphan_ticket_count as expected_orphan_ticket_count

from ways
cross join cards
cross join tickets
where
    ways.card_count != cards.card_count
    or ways.house_card_count != cards.house_card_count
    or ways.ticket_count != tickets.ticket_count
    or ways.net_sales_amount != tickets.net_sales_amount
    or ways.orphan_ticket_count != tickets.orphan_ticket_count
