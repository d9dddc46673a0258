-- What it took to be in each tier in the month that frozen thresholds are of. Amounts
-- from one tier's lowest up to the better tier's belong to it, all below to the last.
with

buyers as (

    select * from {{ ref('int_standings__scored') }}

),

cuts as (

    select * from {{ ref('int_pyramid_tiers__cut') }}

),

calibrated as (

    select max(calibrated_on) as calibrated_on
    from {{ ref('int_told_days__listed') }}

),

-- Only tiers that hold somebody: an empty one has no lowest amount.
lowest as (

    select
        cuts.tier_code,
        cuts.tier_order,
        min(buyers.ranked_amount) as threshold_amount

    from calibrated
    inner join buyers on calibrated.calibrated_on = buyers.told_on
    inner join cuts
        on buyers.told_on = cuts.told_on
        and buyers.sales_rank between cuts.first_rank and cuts.last_rank
    group by
        cuts.tier_code,
        cuts.tier_order

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
