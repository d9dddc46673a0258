-- Customers whose tier was decided by a tie-breaker: treat them alike, or move the cut.
select
    customer_id,
    sales_rank,
    tier_code,
    tier_name,
    net_sales_amount,
    threshold_amount

from {{ ref('seg_pyramid') }}
where is_tie_at_boundary
order by sales_rank asc nulls last
