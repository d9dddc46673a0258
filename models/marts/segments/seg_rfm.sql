-- R, F, M in the window: ten named segments and the eight types (重要價值 … 一般挽留).
with

buyers as (

    select * from {{ ref('int_window_buyers__scored') }}

),

codes as (

    select * from {{ ref('int_rfm_codes__named') }}

),

bounds as (

    select * from {{ ref('int_rfm_scores__bounded') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

named as (

    select
        buyers.customer_id,
        buyers.recency_days,
        buyers.frequency_count,
        buyers.monetary_amount,
        buyers.r_score,
        buyers.f_score,
        buyers.m_score,
        codes.rfm_code,
        codes.segment_code,
        codes.segment_name,
        codes.segment_name_zh,
        codes.action,
        codes.action_zh,
        codes.type_code,
        codes.type_name,
        codes.type_name_zh,
        codes.type_action,
        codes.type_action_zh,
        codes.is_undifferentiated,
        codes.is_recency_high,
        codes.is_frequency_high,
        codes.is_monetary_high,
        codes.average_r_score,
        codes.average_f_score,
        codes.average_m_score,
        buyers.recency_worse_count,
        buyers.frequency_worse_count,
        buyers.monetary_worse_count,
        recency.r_threshold_days,
        frequency.f_threshold_count,
        monetary.m_threshold_amount,
        population.population_count,
        recency.score_count,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from buyers
    cross join population
    inner join codes
        on buyers.r_score = codes.r_score
        and buyers.f_score = codes.f_score
        and buyers.m_score = codes.m_score
    inner join bounds as recency on buyers.r_score = recency.score
    inner join bounds as frequency on buyers.f_score = frequency.score
    inner join bounds as monetary on buyers.m_score = monetary.score

)

select * from named
