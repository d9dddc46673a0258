-- 交叉銷售: which categories, channels and stores are shopped at by the same customers,
-- and who still shops at one only.
select
    dimension_name,
    dimension_name_zh,
    combination_name,
    set_count,
    customer_count,
    customer_share,
    only_customer_count,
    only_customer_share,
    average_net_sales_amount

from {{ ref('agg_cross_shopping') }}
order by
    dimension_order asc nulls last,
    set_count asc nulls last,
    customer_count desc nulls last,
    combination_number asc nulls last
