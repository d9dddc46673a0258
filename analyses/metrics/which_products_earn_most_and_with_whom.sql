-- 利润最大的产品: the twenty products with most margin in the window, the tier of customers
-- that we know which brings most of it, and the share of those whom nobody knows.
with

cells as (

    select * from {{ ref('agg_contributions') }}
    where level_code = 'product' and item_id != 'unallocated'

),

tiers as (

    select
        item_id,
        item_name,
        tier_code,
        tier_name,
        sum(net_sales_amount) as net_sales_amount,
        sum(margin_amount) as margin_amount,
        sum(margin_known_sales_amount) as margin_known_sales_amount

    from cells
    group by item_id, item_name, tier_code, tier_name

),

ranked as (

    select
        *,
        sum(net_sales_amount) over (partition by item_id) as item_net_sales_amount,
        sum(margin_amount) over (partition by item_id) as item_margin_amount,
        sum(margin_known_sales_amount) over (partition by item_id)
            as item_known_sales_amount,
        sum(case when tier_code = 'anonymous' then margin_amount end) over (
            partition by item_id
        ) as item_unknown_margin_amount,
        case when tier_code != 'anonymous' then margin_amount end
            as known_margin_amount,
        row_number() over (
            partition by item_id
            order by
                case when tier_code = 'anonymous' then 1 else 0 end asc,
                margin_amount desc nulls last,
                tier_code asc nulls last
        ) as tier_rank

    from tiers

)

select
    item_id,
    item_name,
    item_net_sales_amount,
    item_margin_amount,
    {{ safe_ratio('item_margin_amount', 'item_known_sales_amount') }} as margin_rate,
    case when tier_code != 'anonymous' then tier_name end as best_tier_name,
    known_margin_amount as best_tier_margin_amount,
    {{ safe_ratio('known_margin_amount', 'item_margin_amount') }} as best_tier_share,
    {{ safe_ratio('coalesce(item_unknown_margin_amount, 0)', 'item_margin_amount') }}
        as unknown_share

from ranked
where tier_rank = 1
order by item_margin_amount desc nulls last, item_id asc nulls last
limit 20
