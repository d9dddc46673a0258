-- Where each channel is a group, a customer's net sales in it are those of the ledger.
with

behaviours as (

    select * from {{ ref('seg_behaviours') }}

    where kind_code = 'channel'

),

tickets as (

    select * from {{ ref('fct_transactions') }}

),

by_channel as (

    select
        behaviours.customer_id,
        behaviours.behaviour_id,
        behaviours.evidence_count,
        behaviours.net_sales_amount,
        count_if(not tickets.is_return) as ticket_count,
        sum(tickets.net_sales_amount) as ticket_amount

    from behaviours
    inner join tickets
        on behaviours.customer_id = tickets.customer_id
        and behaviours.behaviour_value = tickets.channel
        and behaviours.window_start_on <= tickets.sold_on
    group by
        behaviours.customer_id,
        behaviours.behaviour_id,
        behaviours.evidence_count,
        behaviours.net_sales_amount

)

select *
from by_channel
where
    evidence_count != ticket_count
    or net_sales_amount != ticket_amount
