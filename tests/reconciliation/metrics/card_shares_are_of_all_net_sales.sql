-- Months of the company, and those of its stores with the sales of none, hold the
-- ledger, its members' sales and its stored value, to the cent.
with

shares as (

    select
        scope_code = 'company' as is_company,
        sum(net_sales_amount) as net_sales_amount,
        sum(identified_sales_amount) as identified_sales_amount,
        sum(stored_value_amount) as stored_value_amount

    from {{ ref('agg_card_shares') }}
    where period_code = 'month'
    group by scope_code = 'company'

),

tickets as (

    select
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(net_sales_amount) filter (where not is_anonymous), 0)
            as identified_sales_amount

    from {{ ref('fct_transactions') }}

),

tenders as (

    select sum(tender_amount) as stored_value_amount
    from {{ ref('fct_tenders') }}
    where tender_type = 'stored_value'

)

select shares.*
from shares
cross join tickets
cross join tenders
where
    shares.net_sales_amount != tickets.net_sales_amount
    or shares.identified_sales_amount != tickets.identified_sales_amount
    or coalesce(shares.stored_value_amount, 0)
    != coalesce(tenders.stored_value_amount, 0)
