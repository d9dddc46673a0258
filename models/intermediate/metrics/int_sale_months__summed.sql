-- What was sold each month, before anything came back, also on the same ticket.
with

tickets as (

    select * from {{ ref('fct_transactions') }}
    where not is_return

),

exchanges as (

    select * from {{ ref('fct_returns') }}
    where is_exchange

),

summed as (

    select
        {{ month_start('tickets.sold_on') }} as calendar_month,
        count(*) as sale_ticket_count,
        cast(
            sum(tickets.net_sales_amount + coalesce(exchanges.return_amount, 0))
            as decimal(18, 4)
        ) as sale_amount,
        cast(
            sum(tickets.unit_count + coalesce(exchanges.unit_count, 0))
            as decimal(18, 6)
        ) as sale_unit_count

    from tickets
    left join exchanges on tickets.transaction_id = exchanges.transaction_id
    group by all

)

select * from summed
