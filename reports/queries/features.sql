-- Which marts the data can fill, and what is wanting for the others.
select
    schema_name,
    mart_name,
    is_available,
    status_name,
    status_name_zh,
    reason,
    reason_zh

from quality.feature_status
order by schema_name asc, mart_name asc
