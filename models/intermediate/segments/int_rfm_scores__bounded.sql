-- Where each score begins: the longest recency, the lowest frequency and amount in it.
with

scores as (

    select * from {{ ref('rule_rfm_scores') }}

),

buyers as (

    select * from {{ ref('int_window_buyers__scored') }}

),

recencies as (

    select
        r_score as score,
        max(recency_days) as r_threshold_days

    from buyers
    group by r_score

),

frequencies as (

    select
        f_score as score,
        min(frequency_count) as f_threshold_count

    from buyers
    group by f_score

),

amounts as (

    select
        m_score as score,
        min(monetary_amount) as m_threshold_amount

    from buyers
    group by m_score

),

bounded as (

    select
        scores.score,
        recencies.r_threshold_days,
        frequencies.f_threshold_count,
        amounts.m_threshold_amount,
        cast(count(*) over () as bigint) as score_count

    from scores
    left join recencies on scores.score = recencies.score
    left join frequencies on scores.score = frequencies.score
    left join amounts on scores.score = amounts.score

)

select * from bounded
