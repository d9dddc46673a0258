-- Every customer once: buyers in their tier, the others in the tier without a share.
with

tiers as (

    select * from {{ ref('rule_pyramid_tiers') }}

),

pyramid as (

    select * from {{ ref('seg_pyramid') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

members as (

    select
        tier_code,
        net_sales_amount,
        margin_amount,
        margin_known_sales_amount,
        threshold_amount,
        is_tie_at_boundary

    from pyramid

    union all

    select
        tiers.tier_code,
        customers.window_net_sales_amount as net_sales_amount,
        customers.window_margin_amount as margin_amount,
        customers.window_margin_known_sales_amount as margin_known_sales_amount,
        null as threshold_amount,
        false as is_tie_at_boundary

    from customers
    inner join tiers on tiers.cumulative_share is null
    where not customers.is_window_buyer

),

summed as (

    select
        tier_code,
        count(*) as customer_count,
        sum(net_sales_amount) as net_sales_amount,
        sum(margin_amount) as margin_amount,
        sum(margin_known_sales_amount) as margin_known_sales_amount,
        min(threshold_amount) as threshold_amount,
        count_if(is_tie_at_boundary) as tie_count

    from members
    group by tier_code

),

-- A small population leaves tiers empty; they stay, with nobody in them.
filled as (

    select
        tiers.tier_code,
        cast(coalesce(summed.customer_count, 0) as bigint) as customer_count,
        cast(coalesce(summed.net_sales_amount, 0) as decimal(18, 4))
            as net_sales_amount,
        cast(summed.margin_amount as decimal(18, 4)) as margin_amount,
        cast(coalesce(summed.margin_known_sales_amount, 0) as decimal(18, 4))
            as margin_known_sales_amount,
        cast(summed.threshold_amount as decimal(18, 4)) as threshold_amount,
        cast(coalesce(summed.tie_count, 0) as bigint) as tie_count

    from tiers
    left join summed on tiers.tier_code = summed.tier_code

)

select * from filled
