-- 高銷售/高毛利四象限, and 規模占會員總數的80% … 價格敏感: how large each quadrant is, what it brings,
-- and how far promotions draw it.
select
    quadrant_name,
    quadrant_name_zh,
    customer_count,
    customer_share,
    net_sales_share,
    margin_share,
    margin_rate,
    company_margin_rate,
    promo_share,
    price_sensitivity_index,
    action

from {{ ref('agg_value_quadrants') }}
order by quadrant_order asc nulls last
