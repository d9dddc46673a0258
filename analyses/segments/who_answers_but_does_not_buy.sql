-- 分类反应行为模式: who responds to campaigns and has not bought in the window.
select
    behaviour_name,
    behaviour_name_zh,
    is_window_buyer,
    count(*) as customer_count,
    sum(evidence_count) as response_count

from {{ ref('seg_behaviours') }}
where kind_code = 'response_type'
group by
    behaviour_name,
    behaviour_name_zh,
    is_window_buyer
order by
    behaviour_name asc nulls last,
    is_window_buyer asc nulls last
