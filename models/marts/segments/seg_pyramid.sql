-- 優質客戶…前1%、5%、20%、80%; 各商場劃分標準不同: cuts and metric are seed rows.
with

buyers as (

    select * from {{ ref('fct_customer_standings') }}

    where is_window_buyer

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
        buyers.population_count,
        buyers.as_of_on,
        buyers.window_start_on,
        buyers.window_month_count

    from buyers
    inner join tiers on buyers.tier_code = tiers.tier_code

)

select * from tiered
