-- 大量使用者: the heavy half uses 79 %, four times the light one; category by category.
select
    category,
    usage_name,
    usage_name_zh,
    customer_count,
    unit_count,
    unit_share,
    light_index,
    average_unit_count,
    action,
    action_zh

from {{ ref('agg_usage') }}
where scheme_code = 'halves'
order by
    category asc nulls last,
    usage_order asc nulls last
