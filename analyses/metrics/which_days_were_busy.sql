-- 客流、意向、订单、销售额、退单 by day: the last four weeks of the whole company.
select
    day_on,
    visitor_count,
    lead_count,
    ticket_count,
    net_sales_amount,
    return_amount,
    conversion_rate,
    previous_net_sales_amount,
    year_before_net_sales_amount

from {{ ref('agg_daily_metrics') }}
where
    scope_code = 'company'
    and {{ crm_warehouse.days_between('day_on', 'as_of_on') }} < 28
order by day_on desc nulls last
