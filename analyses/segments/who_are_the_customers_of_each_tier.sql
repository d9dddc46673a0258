-- 客户理解: what sets the customers of a tier apart from all, by the values that are
-- told of them; 1 is like all.
select
    segment_name,
    segment_name_zh,
    attribute_name,
    attribute_name_zh,
    value_name,
    value_name_zh,
    customer_count,
    customer_share,
    customer_index,
    net_sales_index,
    margin_rate,
    frequency_index

from {{ ref('agg_segment_profiles') }}
where scheme_code = 'tier' and not is_other
order by
    segment_code asc nulls last,
    customer_index desc nulls last,
    attribute_code asc nulls last,
    value_code asc nulls last
