-- 客户数量和客户资源 by status, owner, source and potential.
select
    breakdown_label,
    breakdown_label_zh,
    value_name,
    value_name_zh,
    customer_count,
    lead_count,
    base_share,
    window_net_sales_amount,
    open_opportunity_count,
    open_amount,
    action

from {{ ref('agg_customer_base') }}
order by
    breakdown_name asc,
    value_order asc nulls last,
    customer_count desc,
    breakdown_value asc
