-- To the cent, and reason by reason; sales and returns together are the ledger. What
-- was brought back on the ticket of a sale is counted on its lines.
with

cells as (

    select
        basis_code,
        breakdown_name,
        sum(return_count) as return_count,
        sum(return_amount) as return_amount,
        sum(unlinked_count) as unlinked_count,
        sum(unlinked_amount) as unlinked_amount,
        sum(case when breakdown_name = 'all' then sale_amount end) as sale_amount

    from {{ ref('agg_returns') }}
    group by basis_code, breakdown_name

),

exchanges as (

    select
        count(distinct transaction_id) as return_count,
        coalesce(-sum(net_sales_amount), 0) as return_amount

    from {{ ref('fct_transaction_lines') }}
    where quantity < 0 and not is_return

),

ledger as (

    select
        count(*) filter (where tickets.is_return)
        + max(exchanges.return_count) as return_count,
        coalesce(-sum(tickets.net_sales_amount) filter (where tickets.is_return), 0)
        + max(exchanges.return_amount) as return_amount,
        sum(tickets.net_sales_amount) as net_sales_amount

    from {{ ref('fct_transactions') }} as tickets
    cross join exchanges

),

wholes as (

    select
        max(unlinked_count) as unlinked_count,
        max(unlinked_amount) as unlinked_amount

    from cells
    where basis_code = 'return_date'

),

compared as (

    select
        cells.*,
        ledger.return_count as ledger_count,
        ledger.return_amount as ledger_amount,
        ledger.net_sales_amount,
        case
            when cells.basis_code = 'sale_cohort' then wholes.unlinked_count else 0
        end as left_out_count,
        case
            when cells.basis_code = 'sale_cohort' then wholes.unlinked_amount else 0
        end as left_out_amount

    from cells
    cross join ledger
    cross join wholes

)

select *

from compared
where
    return_count + left_out_count != ledger_count
    or return_amount + left_out_amount != ledger_amount
    or sale_amount - ledger_amount != net_sales_amount
