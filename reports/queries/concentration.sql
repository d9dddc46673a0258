-- The 20/80/30 rule in figures, for net sales and contribution.
select
    metric_name,
    metric_name_zh,
    population_count,
    main_amount_share,
    main_customer_share,
    top_customer_share,
    top_amount_share,
    gini_coefficient,
    erosion_rate

from segments.agg_concentration
order by metric_code desc
