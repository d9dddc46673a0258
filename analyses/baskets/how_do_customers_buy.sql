-- 历史购买状况、购买方式: how many tickets of each size, by channel, payment, part of the
-- day and weekday.
select
    breakdown_name,
    breakdown_name_zh,
    value_name,
    value_name_zh,
    size_name,
    size_name_zh,
    ticket_count,
    ticket_share,
    net_sales_amount,
    net_sales_share,
    average_net_sales_amount,
    margin_rate,
    unobserved_ticket_count

from {{ ref('agg_basket_sizes') }}
order by
    breakdown_order asc nulls last,
    breakdown_value asc nulls last,
    least_item_count asc nulls last
