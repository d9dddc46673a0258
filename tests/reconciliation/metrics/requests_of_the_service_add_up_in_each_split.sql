-- Months hold every told request once, with its cost, whole and in each split.
with

months as (

    select
        breakdown_name,
        sum(request_count) as request_count,
        sum(complaint_count) as complaint_count,
        sum(cost_amount) as cost_amount,
        sum(closed_count + open_count) as ended_count

    from {{ ref('agg_service') }}
    where period_type = 'month'
    group by breakdown_name

),

ledger as (

    select
        count(*) as request_count,
        count(*) filter (where is_complaint) as complaint_count,
        sum(cost_amount) as cost_amount

    from {{ ref('fct_service_tickets') }}

)

select months.*

from months
cross join ledger
where
    months.request_count != ledger.request_count
    or months.complaint_count != ledger.complaint_count
    or months.cost_amount is distinct from ledger.cost_amount
    or months.ended_count != ledger.request_count
