-- With those without lines, each breakdown adds up to the sale tickets of the ledger,
-- and to their money.
with

sizes as (

    select * from {{ ref('agg_basket_sizes') }}

),

told as (

    select
        breakdown_code,
        sum(ticket_count) as ticket_count,
        sum(net_sales_amount) as net_sales_amount

    from sizes
    group by breakdown_code

),

ledger as (

    select
        count(*) as ticket_count,
        sum(net_sales_amount) as net_sales_amount

    from {{ ref('fct_transactions') }}
    where
        not is_return
        and line_count > 0
        and sold_on >= (select max(window_start_on) from {{ ref('fct_customers') }})

)

select
    told.*,
    ledger.ticket_count as ledger_ticket_count,
    ledger.net_sales_amount as ledger_net_sales_amount

from told
cross join ledger
where
    told.ticket_count != ledger.ticket_count
    or told.net_sales_amount != ledger.net_sales_amount
