-- Tickets, returns, units and money of the days of stores are those of the ledger, to
-- the cent.
with

days as (

    select
        coalesce(sum(ticket_count), 0) as ticket_count,
        coalesce(sum(return_count), 0) as return_count,
        sum(unit_count) as unit_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(identified_net_sales_amount), 0) as identified_net_sales_amount,
        coalesce(sum(return_amount), 0) as return_amount,
        sum(margin_amount) as margin_amount

    from {{ ref('fct_store_days') }}

),

tickets as (

    select
        count_if(not is_return) as ticket_count,
        count_if(is_return) as return_count,
        sum(unit_count) as unit_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(net_sales_amount) filter (where not is_anonymous), 0)
            as identified_net_sales_amount,
        coalesce(-sum(net_sales_amount) filter (where is_return), 0) as return_amount,
        sum(margin_amount) as margin_amount

    from {{ ref('fct_transactions') }}

)

select
    days.*,
    tickets.net_sales_amount as expected_net_sales_amount

from days
cross join tickets
where
    days.ticket_count != tickets.ticket_count
    or days.return_count != tickets.return_count
    or days.unit_count is distinct from tickets.unit_count
    or days.net_sales_amount != tickets.net_sales_amount
    or days.identified_net_sales_amount != tickets.identified_net_sales_amount
    or days.return_amount != tickets.return_amount
    or days.margin_amount is distinct from tickets.margin_amount
