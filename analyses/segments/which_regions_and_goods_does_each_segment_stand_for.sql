-- 地理、社會、心理、消費行為細分: where the customers of a segment live, and what they
-- buy most, with what that brings.
select
    scheme_name,
    scheme_name_zh,
    segment_name,
    segment_name_zh,
    attribute_name,
    attribute_name_zh,
    value_name,
    value_name_zh,
    customer_count,
    customer_index,
    net_sales_amount,
    net_sales_share,
    margin_amount,
    margin_rate

from {{ ref('agg_segment_profiles') }}
where attribute_code in ('region', 'country', 'home_store', 'top_category')
order by
    scheme_name asc nulls last,
    segment_code asc nulls last,
    attribute_code asc nulls last,
    net_sales_amount desc nulls last,
    value_code asc nulls last,
    is_other asc nulls last
