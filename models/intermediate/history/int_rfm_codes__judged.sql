-- All codes (5 x 5 x 5 = 125) on each told day: which scores are high, at or above the
-- average.
with

scores as (

    select * from {{ ref('rule_rfm_scores') }}

),

buyers as (

    select * from {{ ref('int_standings__scored') }}

),

averages as (

    select
        told_on,
        count(*) as population_count,
        sum(r_score) as r_score_sum,
        sum(f_score) as f_score_sum,
        sum(m_score) as m_score_sum,
        min(r_score) = max(r_score)
        and min(f_score) = max(f_score)
        and min(m_score) = max(m_score) as is_undifferentiated

    from buyers
    group by told_on

),

-- In whole numbers: score >= sum / N is score * N >= sum.
judged as (

    select
        averages.told_on,
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
            as is_monetary_high

    from scores as recency
    cross join scores as frequency
    cross join scores as monetary
    cross join averages

)

select * from judged
