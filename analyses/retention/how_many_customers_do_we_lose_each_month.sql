-- 計算顧客的流失率: the definitions of a lost customer side by side.
select
    month_end_on,
    definition_name,
    definition_name_zh,
    opening_count,
    new_count,
    reactivated_count,
    lost_count,
    closing_count,
    churn_rate,
    winback_rate,
    lost_net_sales_amount

from {{ ref('agg_churn_months') }}
order by
    month_end_on desc nulls last,
    definition_order asc nulls last
