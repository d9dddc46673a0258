-- 大量使用者: the medium and light users who lack least to the next class.
select
    category,
    customer_id,
    usage_name,
    usage_name_zh,
    usage_rank,
    unit_count,
    next_class_unit_count,
    next_class_unit_count - unit_count as missing_unit_count,
    action,
    action_zh

from {{ ref('seg_usage') }}
where
    scheme_code = 'bands'
    and next_class_unit_count > unit_count
order by
    missing_unit_count asc nulls last,
    category asc nulls last,
    usage_rank asc nulls last
