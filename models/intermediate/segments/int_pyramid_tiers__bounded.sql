-- Where each tier ends in money, and the amounts that lie across its cuts.
with

tiers as (

    select * from {{ ref('rule_pyramid_tiers') }}

    where cumulative_share is not null

),

buyers as (

    select * from {{ ref('fct_customer_standings') }}

    where is_window_buyer

),

-- Only tiers that hold somebody: an empty one lies between its neighbours unseen.
edges as (

    select
        tiers.tier_code,
        min(buyers.ranked_amount) as threshold_amount,
        lag(min(buyers.ranked_amount)) over (order by tiers.tier_order asc nulls last)
            as better_amount,
        lead(max(buyers.ranked_amount)) over (order by tiers.tier_order asc nulls last)
            as worse_amount

    from buyers
    inner join tiers on buyers.tier_code = tiers.tier_code
    group by
        tiers.tier_code,
        tiers.tier_order

),

bounded as (

    select
        tiers.*,
        edges.threshold_amount,
        edges.better_amount,
        edges.worse_amount

    from tiers
    left join edges on tiers.tier_code = edges.tier_code

)

select * from bounded
