-- Where each window buyer would stand by the thresholds of the calibration month: what
-- changes is the customer, not the others.
with

buyers as (

    select scored.*
    from {{ ref('int_standings__scored') }} as scored
    inner join {{ ref('int_told_days__listed') }} as told_days
        on scored.told_on = told_days.told_on
    where told_days.calibrated_on is not null

),

tiers as (

    select * from {{ ref('int_pyramid_tiers__frozen') }}

),

scores as (

    select * from {{ ref('int_rfm_scores__frozen') }}

),

calibrated as (

    select
        min(r_score) = max(r_score)
        and min(f_score) = max(f_score)
        and min(m_score) = max(m_score) as is_undifferentiated

    from {{ ref('int_buyers__calibrated') }}

),

placed as (

    select
        buyers.customer_id,
        buyers.told_on,
        tiers.tier_code,
        recency.score as r_score,
        frequency.score as f_score,
        monetary.score as m_score

    from buyers
    left join tiers
        on (tiers.amount_from is null or buyers.ranked_amount >= tiers.amount_from)
        and (tiers.amount_below is null or buyers.ranked_amount < tiers.amount_below)
    left join scores as recency
        on (recency.r_below_days is null or buyers.recency_days < recency.r_below_days)
        and (recency.r_from_days is null or buyers.recency_days >= recency.r_from_days)
    left join scores as frequency
        on (
            frequency.f_above_count is null
            or buyers.frequency_count > frequency.f_above_count
        )
        and (
            frequency.f_to_count is null
            or buyers.frequency_count <= frequency.f_to_count
        )
    left join scores as monetary
        on (
            monetary.m_above_amount is null
            or buyers.net_sales_amount > monetary.m_above_amount
        )
        and (
            monetary.m_to_amount is null
            or buyers.net_sales_amount <= monetary.m_to_amount
        )

),

frozen as (

    select
        placed.customer_id,
        placed.told_on,
        placed.tier_code as frozen_tier_code,
        placed.r_score as frozen_r_score,
        placed.f_score as frozen_f_score,
        placed.m_score as frozen_m_score,
        concat(placed.r_score, placed.f_score, placed.m_score) as frozen_rfm_code,
        segments.segment_code as frozen_segment_code,
        segments.segment_name as frozen_segment_name,
        segments.segment_name_zh as frozen_segment_name_zh

    from placed
    cross join calibrated
    inner join {{ ref('rule_rfm_segments') }} as segments
        on calibrated.is_undifferentiated = segments.is_undifferentiated
        and placed.r_score between segments.r_score_from and segments.r_score_to
        and placed.f_score between segments.f_score_from and segments.f_score_to
        and placed.m_score between segments.m_score_from and segments.m_score_to

)

select * from frozen
