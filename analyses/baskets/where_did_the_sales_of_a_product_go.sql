-- Why sales of a product changed: who came and left, and what moved within its
-- category.
select
    product_id,
    product_name,
    category,
    before_net_sales_amount,
    window_net_sales_amount,
    change_amount,
    new_amount,
    lost_amount,
    increased_amount,
    decreased_amount,
    switched_in_amount,
    switched_out_amount,
    is_before_complete

from {{ ref('agg_product_switching') }}
order by
    abs(change_amount) desc nulls last,
    product_id asc nulls last
