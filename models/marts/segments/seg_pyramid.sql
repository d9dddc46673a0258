-- 優質客戶…前1%、5%、20%、80%; 各商場劃分標準不同: cuts and metric are seed rows.
with

buyers as (

    select * from {{ ref('int_window_buyers__ranked') }}

),

tiers as (

    select * from {{ ref('int_pyramid_tiers__bounded') }}

),

tiered as (

    select
        buyers.customer_id,
        buyers.sales_rank,
        tiers.tier_code,
        tiers.tier_order,
        tiers.tier_name,
        tiers.tier_name_zh,
        tiers.action,
        tiers.action_zh,
        buyers.net_sales_amount,
        buyers.margin_amount,
        buyers.margin_known_sales_amount,
        tiers.store_group,
        tiers.metric_code,
        tiers.population_code,
        tiers.cumulative_share,
        buyers.ranked_amount,
        tiers.threshold_amount,
        coalesce(
            buyers.ranked_amount in (tiers.better_amount, tiers.worse_amount), false
        ) as is_tie_at_boundary,
        tiers.population_count,
        tiers.as_of_on,
        tiers.window_start_on,
        tiers.window_month_count

    from buyers
    inner join tiers
        on buyers.sales_rank between tiers.first_rank and tiers.last_rank

)

select * from tiered
