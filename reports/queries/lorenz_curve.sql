-- The Lorenz curve: what the smallest customers together bring, by percentile.
select
    metric_name,
    metric_name_zh,
    percentile,
    worst_share

from segments.seg_pareto
order by metric_code desc, percentile asc
