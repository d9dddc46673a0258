-- What it took to be in each tier in the month that frozen thresholds are of. Amounts
-- from one tier's lowest up to the better tier's belong to it, all below to the last.
with

buyers as (

    select * from {{ ref('int_buyers__calibrated') }}

),

tiers as (

    select * from {{ ref('rule_pyramid_tiers') }}

),

-- Only tiers that held somebody: an empty one has no lowest amount.
lowest as (

    select
        tiers.tier_code,
        tiers.tier_order,
        min(buyers.ranked_amount) as threshold_amount

    from buyers
    inner join tiers on buyers.tier_code = tiers.tier_code
    group by
        tiers.tier_code,
        tiers.tier_order

),

frozen as (

    select
        tier_code,
        threshold_amount,
        case
            when
                lead(tier_order) over (order by tier_order asc nulls last)
                is not null
                then threshold_amount
        end as amount_from,
        lag(threshold_amount) over (order by tier_order asc nulls last) as amount_below

    from lowest

)

select * from frozen
