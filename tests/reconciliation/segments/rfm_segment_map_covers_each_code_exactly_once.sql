-- Each of the 125 codes, where the scores tell customers apart and where they do not.
with

scores as (

    select * from {{ ref('rule_rfm_scores') }}

),

segments as (

    select * from {{ ref('rule_rfm_segments') }}

),

codes as (

    select
        recency.score as r_score,
        frequency.score as f_score,
        monetary.score as m_score

    from scores as recency
    cross join scores as frequency
    cross join scores as monetary

),

covered as (

    select
        codes.r_score,
        codes.f_score,
        codes.m_score,
        count_if(not segments.is_undifferentiated) as segment_count,
        count_if(segments.is_undifferentiated) as undifferentiated_count

    from codes
    left join segments
        on codes.r_score between segments.r_score_from and segments.r_score_to
        and codes.f_score between segments.f_score_from and segments.f_score_to
        and codes.m_score between segments.m_score_from and segments.m_score_to
    group by
        codes.r_score,
        codes.f_score,
        codes.m_score

)

select *
from covered
where
    segment_count != 1
    or undifferentiated_count != 1
