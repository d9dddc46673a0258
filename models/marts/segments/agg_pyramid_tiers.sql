-- How large each tier is and what it brings, and how many customers did not buy.
with

tiers as (

    select * from {{ ref('rule_pyramid_tiers') }}

),

sums as (

    select * from {{ ref('int_pyramid_tiers__summed') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

-- The shares are of the population: who is outside it has none, nor has a loss.
wholes as (

    select
        tiers.tier_code,
        population.population_count as customer_count,
        greatest(population.net_sales_amount, 0) as net_sales_amount,
        greatest(population.margin_amount, 0) as margin_amount

    from tiers
    cross join population
    where tiers.cumulative_share is not null

),

told as (

    select
        tiers.tier_code,
        tiers.tier_order,
        tiers.tier_name,
        tiers.tier_name_zh,
        tiers.action,
        tiers.action_zh,
        sums.customer_count,
        {{ safe_ratio('sums.customer_count', 'wholes.customer_count') }}
            as customer_share,
        {{ safe_ratio('sums.customer_count', 'population.customer_base_count') }}
            as customer_base_share,
        sums.net_sales_amount,
        {{ safe_ratio('sums.net_sales_amount', 'wholes.net_sales_amount') }}
            as net_sales_share,
        cast(
            {{ safe_ratio('sums.net_sales_amount', 'sums.customer_count') }}
            as decimal(18, 4)
        ) as average_net_sales_amount,
        sums.margin_amount,
        {{ safe_ratio('sums.margin_amount', 'wholes.margin_amount') }}
            as margin_share,
        {{ safe_ratio('sums.margin_amount', 'sums.margin_known_sales_amount') }}
            as margin_rate,
        {{ safe_ratio('sums.margin_known_sales_amount', 'sums.net_sales_amount') }}
            as margin_known_share,
        sums.threshold_amount,
        sums.tie_count,
        tiers.store_group,
        tiers.metric_code,
        tiers.population_code,
        tiers.cumulative_share,
        population.population_count,
        population.customer_base_count,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from tiers
    inner join sums on tiers.tier_code = sums.tier_code
    cross join population
    left join wholes on tiers.tier_code = wholes.tier_code

)

select * from told
