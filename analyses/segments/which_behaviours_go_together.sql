-- 交叉分析: pairs of groups that share more customers than by chance, and what the
-- customers of both bring beside those of either.
select
    first_behaviour_id,
    second_behaviour_id,
    both_customer_count,
    either_customer_count,
    jaccard_share,
    lift_rate,
    both_average_net_sales_amount,
    either_average_net_sales_amount,
    both_margin_rate,
    either_margin_rate

from {{ ref('agg_behaviour_crosses') }}
where both_customer_count > 0
order by
    lift_rate desc nulls last,
    first_behaviour_id asc nulls last,
    second_behaviour_id asc nulls last
