-- Each month end: window buyers are ranked 1 to N, sit in tiers with a share, and have
-- scores and a segment; the others have neither. So with frozen ones, from the
-- calibration month on, if it had buyers.
with

months as (

    select * from {{ ref('fct_customer_months') }}

),

tiers as (

    select * from {{ ref('rule_pyramid_tiers') }}

),

calibrated as (

    select
        month_end_on,
        count_if(is_window_buyer) as buyer_count

    from months
    where month_end_on = calibrated_on
    group by month_end_on

),

told as (

    select
        months.month_end_on,
        count_if(months.is_window_buyer) as buyer_count,
        max(months.population_count) as population_count,
        max(months.sales_rank) as last_rank,
        count(distinct months.sales_rank) as rank_count,
        count_if(months.is_window_buyer and tiers.cumulative_share is null)
        + count_if(not months.is_window_buyer and tiers.cumulative_share is not null)
            as misplaced_count,
        count_if(months.is_window_buyer != (months.segment_code is not null))
            as unnamed_count,
        count_if(
            months.is_window_buyer != (months.frozen_segment_code is not null)
            and (
                months.frozen_segment_code is not null
                or months.month_end_on = months.calibrated_on
                or calibrated.buyer_count > 0
            )
        ) as unfrozen_count

    from months
    inner join tiers on months.tier_code = tiers.tier_code
    left join calibrated on months.calibrated_on = calibrated.month_end_on
    group by months.month_end_on

)

select *

from told
where
    buyer_count != coalesce(population_count, 0)
    or buyer_count != coalesce(last_rank, 0)
    or buyer_count != rank_count
    or misplaced_count + unnamed_count + unfrozen_count > 0
