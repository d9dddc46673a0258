-- Each customer's shares of categories beside those of the best tiers together.
with

best as (

    select distinct tiers.tier_code
    from {{ ref('rule_pyramid_tiers') }} as tiers
    cross join {{ ref('int_basket_terms__told') }} as terms
    where tiers.tier_order <= terms.lookalike_tiers

),

bought as (

    select
        buyers.customer_id,
        buyers.tier_code,
        best.tier_code is not null as is_target,
        categories.category,
        categories.window_bought_amount as amount,
        sum(categories.window_bought_amount) over (
            partition by buyers.customer_id
        ) as own_amount

    from {{ ref('fct_customer_standings') }} as buyers
    inner join {{ ref('fct_customer_categories') }} as categories
        on buyers.customer_id = categories.customer_id
    left join best on buyers.tier_code = best.tier_code
    where buyers.is_window_buyer and categories.window_bought_amount > 0

),

target as (

    select
        category,
        sum(amount) as amount,
        sum(sum(amount)) over () as whole_amount
    from bought
    where is_target
    group by category

),

-- Millionths, so that the sums of products are whole.
mixed as (

    select
        bought.*,
        cast({{ safe_ratio('bought.amount', 'bought.own_amount') }} * 1000000 as bigint)
            as own_part,
        coalesce(cast(
            {{ safe_ratio('target.amount', 'target.whole_amount') }} * 1000000 as bigint
        ), 0) as target_part

    from bought
    left join target on bought.category = target.category

),

parts as (

    select
        category,
        max(target_part) as target_part
    from mixed
    group by category

),

lengths as (

    select sum(target_part * target_part) as target_square
    from parts

),

compared as (

    select
        mixed.customer_id,
        mixed.tier_code,
        mixed.is_target,
        count(*) as category_count,
        cast(sum(mixed.own_part * mixed.target_part) as bigint) as dot_product,
        cast(sum(mixed.own_part * mixed.own_part) as bigint) as own_square,
        cast(max(lengths.target_square) as bigint) as target_square

    from mixed
    cross join lengths
    group by mixed.customer_id, mixed.tier_code, mixed.is_target

)

select * from compared
