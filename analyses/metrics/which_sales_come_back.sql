-- 退單: by month of sale how much came back, how soon, and how much of it to serial
-- returners; young months can still rise.
select
    calendar_month,
    sale_amount,
    return_amount,
    value_return_rate,
    ticket_return_rate,
    unit_return_rate,
    median_days_to_return,
    serial_customer_count,
    serial_return_share,
    is_immature

from {{ ref('agg_returns') }}
where basis_code = 'sale_cohort' and breakdown_name = 'all'
order by calendar_month desc
