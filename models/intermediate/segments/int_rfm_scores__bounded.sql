-- Where each score begins: the longest recency, the lowest frequency and amount in it.
with

scores as (

    select * from {{ ref('rule_rfm_scores') }}

),

buyers as (

    select * from {{ ref('fct_customer_standings') }}

    where is_window_buyer

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
        min(net_sales_amount) as m_threshold_amount

    from buyers
    group by m_score

),

averages as (

    select
        {{ safe_ratio('sum(r_score)', 'count(*)') }} as average_r_score,
        {{ safe_ratio('sum(f_score)', 'count(*)') }} as average_f_score,
        {{ safe_ratio('sum(m_score)', 'count(*)') }} as average_m_score

    from buyers

),

bounded as (

    select
        scores.score,
        recencies.r_threshold_days,
        frequencies.f_threshold_count,
        amounts.m_threshold_amount,
        averages.average_r_score,
        averages.average_f_score,
        averages.average_m_score,
        cast(count(*) over () as bigint) as score_count

    from scores
    cross join averages
    left join recencies on scores.score = recencies.score
    left join frequencies on scores.score = frequencies.score
    left join amounts on scores.score = amounts.score

)

select * from bounded
