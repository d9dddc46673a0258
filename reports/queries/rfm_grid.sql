-- Customers by recency and frequency, from 1 (lowest) to 5 (highest).
select
    r_score,
    r_score_name,
    r_score_name_zh,
    f_score,
    f_score_name,
    f_score_name_zh,
    customer_count,
    net_sales_amount,
    net_sales_share

from segments.agg_rfm_grid
order by r_score desc, f_score asc
