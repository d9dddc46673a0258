-- 購物籃分析: pairs of goods that are on one ticket more often than by chance, and how
-- surely the one brings the other.
select
    first_product_id,
    first_product_name,
    second_product_id,
    second_product_name,
    both_ticket_count,
    expected_ticket_count,
    support_share,
    first_second_confidence_rate,
    second_first_confidence_rate,
    lift_rate,
    leverage_rate,
    chi_squared

from {{ ref('agg_product_pairs') }}
where is_bought_together
order by
    leverage_rate desc nulls last,
    first_product_id asc nulls last,
    second_product_id asc nulls last
