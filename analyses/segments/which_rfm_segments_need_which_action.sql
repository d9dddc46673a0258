-- R/F/M 最近一段時間內: the named segments, their size and worth, and what to do.
select
    segment_name,
    segment_name_zh,
    customer_count,
    customer_share,
    net_sales_amount,
    net_sales_share,
    average_net_sales_amount,
    average_frequency,
    average_recency_days,
    action,
    action_zh

from {{ ref('agg_rfm_segments') }}
where customer_count > 0
order by segment_order asc nulls last
