-- To the cent, and reason by reason; sales and returns together are the ledger.
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

ledger as (

    select
        count(*) filter (where is_return) as return_count,
        coalesce(-sum(net_sales_amount) filter (where is_return), 0) as return_amount,
        sum(net_sales_amount) as net_sales_amount

    from {{ ref('fct_transactions') }}

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
