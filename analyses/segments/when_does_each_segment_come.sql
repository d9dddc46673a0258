-- 高峰期: the weekday and hour in which the customers of each segment come most often.
select distinct
    scheme_name,
    scheme_name_zh,
    segment_code,
    segment_name,
    segment_name_zh,
    segment_customer_count,
    peak_iso_weekday,
    peak_hour

from {{ ref('agg_segment_profiles') }}
order by
    scheme_name asc nulls last,
    segment_customer_count desc nulls last,
    segment_code asc nulls last
