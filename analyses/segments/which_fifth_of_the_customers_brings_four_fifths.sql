-- 20/80/30 定律: how few customers bring 80 %, and what the worst 30 % take away.
select
    metric_name,
    metric_name_zh,
    population_count,
    main_customer_count,
    main_customer_share,
    top_amount_share,
    worst_customer_count,
    worst_amount,
    erosion_rate,
    gini_coefficient

from {{ ref('agg_concentration') }}
order by metric_code asc nulls last
