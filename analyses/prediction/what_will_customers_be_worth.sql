-- 可靠度较高的预测: of whom most is expected, beside what they have been worth so far, and
-- how far such forecasts were off in all.
select
    customer_values.customer_id,
    customer_values.expected_spend,
    customer_values.expected_purchases,
    customer_values.forecast_day_count,
    customer_values.forecast_end_on,
    customer_values.net_sales_amount,
    customer_values.margin_amount,
    customer_values.purchase_day_count,
    customer_values.recency_days,
    customer_values.method_name,
    customer_values.method_name_zh,
    customer_values.is_backtested,
    backtests.bias_rate,
    backtests.top_fifth_share

from {{ ref('fct_customer_values') }} as customer_values
left join {{ ref('agg_value_backtests') }} as backtests
    on customer_values.method_code = backtests.method_code
    and backtests.measure_code = 'sales'
where customer_values.expected_spend > 0
order by
    customer_values.expected_spend desc nulls last,
    customer_values.customer_id asc nulls last
