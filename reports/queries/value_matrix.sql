-- Four quadrants: net sales against margin rate, and what to do about each.
select
    quadrant_code,
    quadrant_name,
    quadrant_name_zh,
    customer_count,
    customer_share,
    net_sales_amount,
    net_sales_share,
    margin_rate,
    price_sensitivity_index,
    action,
    action_zh

from segments.agg_value_quadrants
where customer_count > 0
order by quadrant_order asc
