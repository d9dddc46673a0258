-- Who buys by turns is one budget: households by what their members bought together.
select
    household_id,
    customer_count,
    household_size,
    window_buyer_count,
    window_ticket_count,
    window_net_sales_amount,
    window_margin_amount

from {{ ref('fct_households') }}
where window_buyer_count > 0
order by window_net_sales_amount desc nulls last, household_id asc nulls last
limit 100
