-- 重点客户发现: the VIP and major customers, what they bring and how they are doing.
select
    pyramid.sales_rank,
    pyramid.customer_id,
    pyramid.tier_name,
    pyramid.tier_name_zh,
    pyramid.net_sales_amount,
    pyramid.margin_amount,
    rfm.recency_days,
    rfm.frequency_count,
    rfm.segment_name,
    rfm.type_name_zh,
    pyramid.action

from {{ ref('seg_pyramid') }} as pyramid
inner join {{ ref('seg_rfm') }} as rfm
    on pyramid.customer_id = rfm.customer_id
where pyramid.cumulative_share <= 0.05
order by pyramid.sales_rank asc nulls last
