-- 客流、意向、订单、销售额、退单: the last complete month of the company and each store, with the
-- month before and the same month a year before.
with

months as (

    select * from {{ ref('agg_monthly_metrics') }}
    where is_complete_month

),

last_months as (

    select max(metric_month) as metric_month from months

)

select
    months.metric_month,
    months.scope_name,
    months.visitor_count,
    months.lead_count,
    months.ticket_count,
    months.net_sales_amount,
    months.return_count,
    months.return_amount,
    months.conversion_rate,
    months.basket_amount,
    months.units_per_ticket,
    months.buyer_count,
    months.new_customer_count,
    months.active_customer_count,
    months.previous_net_sales_amount,
    months.year_before_net_sales_amount

from months
inner join last_months on months.metric_month = last_months.metric_month
order by months.net_sales_amount desc nulls last, months.scope_id asc nulls last
