-- Net sales of each month, and the three shares of cards and coupons; three years.
select
    months.metric_month,
    months.is_complete_month,
    months.net_sales_amount,
    shares.identified_share,
    shares.stored_value_share,
    shares.coupon_share

from metrics.agg_monthly_metrics as months
left join metrics.agg_card_shares as shares
    on months.scope_id = shares.scope_id
    and months.metric_month = shares.period_start_on
    and shares.period_code = 'month'
where months.scope_code = 'company'
qualify row_number() over (order by months.metric_month desc) <= 36
order by months.metric_month asc
