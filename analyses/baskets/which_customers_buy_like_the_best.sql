-- 哪些类型的客户在购买相似的商品: customers below the best tiers whose mix of categories is
-- most like theirs.
select
    customer_id,
    tier_code,
    similarity_rank,
    similarity_rate,
    category_count

from {{ ref('seg_lookalikes') }}
where is_lookalike
order by similarity_rank asc nulls last
