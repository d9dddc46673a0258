-- The named segments of RFM, and what to do about each.
select
    segment_name,
    segment_name_zh,
    customer_count,
    customer_share,
    net_sales_amount,
    net_sales_share,
    action,
    action_zh

from segments.agg_rfm_segments
where customer_count > 0
order by segment_order asc
