-- The last complete month with sales of the whole company, beside the month and the
-- year before it; where no month is complete, the last one.
select
    metric_month,
    is_complete_month,
    net_sales_amount,
    previous_net_sales_amount,
    year_before_net_sales_amount,
    ticket_count,
    previous_ticket_count,
    year_before_ticket_count,
    basket_amount,
    previous_basket_amount,
    year_before_basket_amount,
    buyer_count,
    previous_buyer_count,
    year_before_buyer_count,
    new_customer_count,
    previous_new_customer_count,
    year_before_new_customer_count,
    active_customer_count,
    previous_active_customer_count,
    year_before_active_customer_count,
    margin_rate,
    previous_margin_rate,
    year_before_margin_rate,
    conversion_rate,
    previous_conversion_rate,
    year_before_conversion_rate

from metrics.agg_monthly_metrics
where scope_code = 'company' and ticket_count > 0
order by is_complete_month desc, metric_month desc
limit 1
