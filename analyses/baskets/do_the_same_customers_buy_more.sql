-- 交叉銷售和上行銷售: whether the same customers buy of more categories, on a higher price
-- level, and around a service call.
select
    measure_name,
    measure_name_zh,
    group_code,
    entity_count,
    risen_share,
    fallen_share,
    before_average_rate,
    window_average_rate,
    is_before_complete,
    action,
    action_zh

from {{ ref('agg_cross_selling') }}
order by
    measure_order asc nulls last,
    entity_count desc nulls last,
    group_code asc nulls last
