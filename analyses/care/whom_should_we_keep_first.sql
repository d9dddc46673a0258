-- 应该保留或应该争取的客户: where an answer saves most, and how to ask for it.
select
    priority_rank,
    customer_id,
    priority_amount,
    churn_risk,
    risk_name,
    risk_name_zh,
    value_amount,
    value_basis_name,
    response_likelihood,
    last_purchase_on,
    tier_name,
    tier_name_zh,
    owner_staff_id,
    preferred_channel_name,
    action,
    action_zh

from {{ ref('lst_churn_risks') }}
order by priority_rank asc nulls last
