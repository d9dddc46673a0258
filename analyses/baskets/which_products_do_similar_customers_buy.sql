-- 哪些类型的客户在购买相似的商品: the ten products that each segment buys most above the
-- average.
select
    scheme_name,
    scheme_name_zh,
    segment_name,
    segment_name_zh,
    index_rank,
    item_name,
    customer_count,
    customer_index,
    net_sales_index,
    penetration_rate,
    net_sales_amount

from {{ ref('agg_product_segments') }}
where level_code = 'product' and index_rank <= 10 and net_sales_index > 1
order by
    scheme_code asc nulls last,
    segment_code asc nulls last,
    index_rank asc nulls last
