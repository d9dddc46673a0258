-- The window buyers of the calibration month, from where they were told: this build, or
-- the one before whose month it keeps.
with

calibrated as (

    select
        told_on,
        is_kept

    from {{ ref('int_told_days__keyed') }}
    where told_on = calibrated_on

),

computed as (

    select
        buyers.customer_id,
        cuts.tier_code,
        buyers.ranked_amount,
        buyers.recency_days,
        buyers.frequency_count,
        buyers.net_sales_amount,
        buyers.r_score,
        buyers.f_score,
        buyers.m_score

    from {{ ref('int_standings__scored') }} as buyers
    inner join calibrated on buyers.told_on = calibrated.told_on
    inner join {{ ref('int_pyramid_tiers__cut') }} as cuts
        on buyers.told_on = cuts.told_on
        and buyers.sales_rank between cuts.first_rank and cuts.last_rank

),

{% set before = crm_warehouse.history_before() -%}
buyers as (

    select * from computed

    {% if before -%}
    union all

    select
        kept.customer_id,
        kept.tier_code,
        kept.ranked_amount,
        kept.recency_days,
        kept.frequency_count,
        kept.net_sales_amount,
        kept.r_score,
        kept.f_score,
        kept.m_score

    from {{ before }} as kept
    inner join calibrated
        on kept.month_end_on = calibrated.told_on
        and calibrated.is_kept
    where kept.is_window_buyer
    {%- endif %}

)

select * from buyers
