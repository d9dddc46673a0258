-- The cells of recency by frequency in which anybody is, the best ones first.
select
    r_score,
    r_score_name,
    f_score,
    f_score_name,
    customer_count,
    customer_share,
    net_sales_amount,
    net_sales_share,
    average_net_sales_amount

from {{ ref('agg_rfm_grid') }}
where customer_count > 0
order by
    r_score desc nulls last,
    f_score desc nulls last
