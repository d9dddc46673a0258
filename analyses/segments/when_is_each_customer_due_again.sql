-- 需求及購買規律: how regularly customers buy, and who has been due for long.
select
    customer_id,
    last_purchase_on,
    regularity_name,
    regularity_name_zh,
    due_basis_name,
    due_basis_name_zh,
    due_gap_days,
    next_due_on,
    overdue_ratio,
    action,
    action_zh

from {{ ref('seg_regularity') }}
order by
    overdue_ratio desc nulls last,
    customer_id asc nulls last
