-- 居住状况: regions by customers, and what they bring.
select
    country,
    region,
    count(*) as customer_count,
    count_if(is_window_buyer) as window_buyer_count,
    sum(window_net_sales_amount) as net_sales_amount,
    {{ safe_ratio('sum(window_net_sales_amount)', 'count_if(is_window_buyer)') }}
        as average_net_sales_amount

from {{ ref('seg_customers') }}
group by
    country,
    region
order by
    net_sales_amount desc nulls last,
    country asc nulls last,
    region asc nulls last
