-- Where each customer stood on each told day, by moving and by frozen thresholds.
with

standings as (

    select * from {{ ref('int_standings__staged') }}

),

scored as (

    select * from {{ ref('int_standings__scored') }}

),

frozen as (

    select * from {{ ref('int_standings__frozen') }}

),

outside as (

    select tier_code
    from {{ ref('rule_pyramid_tiers') }}
    where cumulative_share is null

),

told as (

    select
        standings.*,
        scored.population_count,
        scored.ranked_amount,
        scored.sales_rank,
        scored.recency_worse_count,
        scored.frequency_worse_count,
        scored.monetary_worse_count,
        coalesce(cuts.tier_code, outside.tier_code) as tier_code,
        scored.r_score,
        scored.f_score,
        scored.m_score,
        codes.rfm_code,
        codes.segment_code,
        codes.segment_name,
        codes.segment_name_zh,
        codes.type_code,
        case
            when standings.is_window_buyer then frozen.frozen_tier_code
            when standings.calibrated_on is not null then outside.tier_code
        end as frozen_tier_code,
        frozen.frozen_r_score,
        frozen.frozen_f_score,
        frozen.frozen_m_score,
        frozen.frozen_rfm_code,
        frozen.frozen_segment_code,
        frozen.frozen_segment_name,
        frozen.frozen_segment_name_zh

    from standings
    cross join outside
    left join scored
        on standings.customer_id = scored.customer_id
        and standings.told_on = scored.told_on
    left join {{ ref('int_pyramid_tiers__cut') }} as cuts
        on scored.told_on = cuts.told_on
        and scored.sales_rank between cuts.first_rank and cuts.last_rank
    left join {{ ref('int_rfm_codes__named') }} as codes
        on scored.told_on = codes.told_on
        and scored.r_score = codes.r_score
        and scored.f_score = codes.f_score
        and scored.m_score = codes.m_score
    left join frozen
        on standings.customer_id = frozen.customer_id
        and standings.told_on = frozen.told_on

)

select * from told
