-- Each of the 125 codes, wherever the average lies that makes a score high.
with

scores as (

    select * from {{ ref('rule_rfm_scores') }}

),

types as (

    select * from {{ ref('rule_rfm_types') }}

),

codes as (

    select
        recency.score as r_score,
        frequency.score as f_score,
        monetary.score as m_score,
        bars.score as lowest_high_score

    from scores as recency
    cross join scores as frequency
    cross join scores as monetary
    cross join scores as bars

),

covered as (

    select
        codes.r_score,
        codes.f_score,
        codes.m_score,
        codes.lowest_high_score,
        count_if(not types.is_undifferentiated) as type_count,
        count_if(types.is_undifferentiated) as undifferentiated_count

    from codes
    left join types
        on (codes.r_score >= codes.lowest_high_score) = types.is_recency_high
        and (codes.f_score >= codes.lowest_high_score) = types.is_frequency_high
        and (codes.m_score >= codes.lowest_high_score) = types.is_monetary_high
    group by
        codes.r_score,
        codes.f_score,
        codes.m_score,
        codes.lowest_high_score

)

select *
from covered
where
    type_count != 1
    -- Scores that are all alike are all at the average, and so all high.
    or (lowest_high_score = 1 and undifferentiated_count != 1)
