-- 客戶的年度變化為什麼如此之大: where each customer stood at each month end.
with

told as (

    select * from {{ ref('int_standings__told') }}

),

months as (

    select
        customer_id,
        told_on as month_end_on,
        window_start_on,
        window_month_count,
        is_window_buyer,
        first_purchase_on,
        last_purchase_on,
        recency_days,
        purchase_day_count,
        window_purchase_day_count,
        window_ticket_count,
        frequency_count,
        net_sales_amount,
        margin_amount,
        margin_known_sales_amount,
        sales_rank,
        tier_code,
        r_score,
        f_score,
        m_score,
        rfm_code,
        segment_code,
        segment_name,
        segment_name_zh,
        type_code,
        stage_code,
        highest_stage_code,
        activity_status,
        gap_count,
        median_gap_days,
        overdue_ratio,
        is_overdue,
        calibrated_on,
        frozen_tier_code,
        frozen_r_score,
        frozen_f_score,
        frozen_m_score,
        frozen_rfm_code,
        frozen_segment_code,
        frozen_segment_name,
        frozen_segment_name_zh,
        population_count

    from told
    where is_month_end

)

select * from months
