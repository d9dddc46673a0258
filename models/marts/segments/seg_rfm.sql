-- R, F, M in the window: ten named segments and the eight types (重要價值 … 一般挽留).
with

buyers as (

    select * from {{ ref('fct_customer_standings') }}

    where is_window_buyer

),

segments as (

    select * from {{ ref('rule_rfm_segments') }}

),

types as (

    select * from {{ ref('rule_rfm_types') }}

),

bounds as (

    select * from {{ ref('int_rfm_scores__bounded') }}

),

named as (

    select
        buyers.customer_id,
        buyers.recency_days,
        buyers.frequency_count,
        buyers.net_sales_amount as monetary_amount,
        buyers.r_score,
        buyers.f_score,
        buyers.m_score,
        buyers.rfm_code,
        segments.segment_code,
        segments.segment_name,
        segments.segment_name_zh,
        segments.action,
        segments.action_zh,
        types.type_code,
        types.type_name,
        types.type_name_zh,
        types.action as type_action,
        types.action_zh as type_action_zh,
        types.is_undifferentiated,
        types.is_recency_high,
        types.is_frequency_high,
        types.is_monetary_high,
        recency.average_r_score,
        recency.average_f_score,
        recency.average_m_score,
        buyers.recency_worse_count,
        buyers.frequency_worse_count,
        buyers.monetary_worse_count,
        recency.r_threshold_days,
        frequency.f_threshold_count,
        monetary.m_threshold_amount,
        buyers.population_count,
        recency.score_count,
        buyers.as_of_on,
        buyers.window_start_on,
        buyers.window_month_count

    from buyers
    inner join segments on buyers.segment_code = segments.segment_code
    inner join types on buyers.type_code = types.type_code
    inner join bounds as recency on buyers.r_score = recency.score
    inner join bounds as frequency on buyers.f_score = frequency.score
    inner join bounds as monetary on buyers.m_score = monetary.score

)

select * from named
