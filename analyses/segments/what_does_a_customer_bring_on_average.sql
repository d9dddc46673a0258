-- 客户的平均收入: net sales and margin of twelve months per buyer, by RFM segment and month.
select
    month_end_on,
    segment_name,
    segment_name_zh,
    count(*) as customer_count,
    {{ safe_ratio('sum(net_sales_amount)', 'count(*)') }} as average_net_sales_amount,
    {{ safe_ratio('sum(margin_amount)', 'count(margin_amount)') }}
        as average_margin_amount

from {{ ref('fct_customer_months') }}
where is_window_buyer
group by
    month_end_on,
    segment_name,
    segment_name_zh
order by
    month_end_on desc nulls last,
    average_net_sales_amount desc nulls last,
    segment_name asc nulls last
