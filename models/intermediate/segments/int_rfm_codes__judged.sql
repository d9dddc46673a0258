-- All codes (5 x 5 x 5 = 125): which scores are high, at or above the average.
with

scores as (

    select * from {{ ref('rule_rfm_scores') }}

),

buyers as (

    select * from {{ ref('int_window_buyers__scored') }}

),

averages as (

    select
        count(*) as population_count,
        sum(r_score) as r_score_sum,
        sum(f_score) as f_score_sum,
        sum(m_score) as m_score_sum,
        {{ safe_ratio('sum(r_score)', 'count(*)') }} as average_r_score,
        {{ safe_ratio('sum(f_score)', 'count(*)') }} as average_f_score,
        {{ safe_ratio('sum(m_score)', 'count(*)') }} as average_m_score,
        min(r_score) = max(r_score)
        and min(f_score) = max(f_score)
        and min(m_score) = max(m_score) as is_undifferentiated

    from buyers

),

-- In whole numbers: score >= sum / N is score * N >= sum.
judged as (

    select
        concat(recency.score, frequency.score, monetary.score) as rfm_code,
        recency.score as r_score,
        frequency.score as f_score,
        monetary.score as m_score,
        averages.is_undifferentiated,
        recency.score * averages.population_count >= averages.r_score_sum
            as is_recency_high,
        frequency.score * averages.population_count >= averages.f_score_sum
            as is_frequency_high,
        monetary.score * averages.population_count >= averages.m_score_sum
            as is_monetary_high,
        averages.average_r_score,
        averages.average_f_score,
        averages.average_m_score

    from scores as recency
    cross join scores as frequency
    cross join scores as monetary
    cross join averages

)

select * from judged
