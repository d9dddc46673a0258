-- 行为分组: the behaviour groups, how many are in each, and what they spend on it.
select
    behaviour_id,
    behaviour_name,
    behaviour_name_zh,
    kind_name,
    count(*) as customer_count,
    sum(evidence_count) as evidence_count,
    sum(net_sales_amount) as net_sales_amount,
    sum(margin_amount) as margin_amount,
    max(last_on) as last_on,
    min(action) as action,
    min(action_zh) as action_zh

from {{ ref('seg_behaviours') }}
group by
    behaviour_id,
    behaviour_name,
    behaviour_name_zh,
    kind_name
order by
    customer_count desc nulls last,
    behaviour_id asc nulls last
