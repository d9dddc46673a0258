-- 判斷客戶類型: the eight types of the literature, their size and worth.
select
    type_name,
    type_name_zh,
    count(*) as customer_count,
    sum(monetary_amount) as net_sales_amount,
    max(type_action) as action,
    max(type_action_zh) as action_zh

from {{ ref('seg_rfm') }}
group by
    type_name,
    type_name_zh
order by
    net_sales_amount desc nulls last,
    type_name asc nulls last
