-- How many stand on each stage of the lifecycle, by how active they are.
select
    stage_code,
    stage_name,
    stage_name_zh,
    activity_status as activity_code,
    activity_name,
    activity_name_zh,
    count(*) as lifecycle_count

from segments.seg_lifecycle
group by all
order by min(stage_order) asc, min(recency_days) asc nulls last, activity_code asc
