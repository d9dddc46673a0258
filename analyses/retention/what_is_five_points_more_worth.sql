-- 老顧客…重復購買的比例提高5%: what five points more bring, and of which basis.
select
    scenario_name,
    scenario_name_zh,
    customer_count,
    held_share,
    point_share,
    gained_customer_count,
    gained_net_sales_amount,
    gained_net_sales_share,
    gained_margin_amount,
    is_basis_complete

from {{ ref('agg_retention_scenarios') }}
where point_share = 0.05
order by scenario_order asc nulls last
