-- The segment and the type of each code on each told day, as far as the scores tell
-- customers apart.
with

codes as (

    select * from {{ ref('int_rfm_codes__judged') }}

),

segments as (

    select * from {{ ref('rule_rfm_segments') }}

),

types as (

    select * from {{ ref('rule_rfm_types') }}

),

named as (

    select
        codes.told_on,
        codes.rfm_code,
        codes.r_score,
        codes.f_score,
        codes.m_score,
        segments.segment_code,
        segments.segment_name,
        segments.segment_name_zh,
        types.type_code

    from codes
    inner join segments
        on codes.is_undifferentiated = segments.is_undifferentiated
        and codes.r_score between segments.r_score_from and segments.r_score_to
        and codes.f_score between segments.f_score_from and segments.f_score_to
        and codes.m_score between segments.m_score_from and segments.m_score_to
    inner join types
        on codes.is_undifferentiated = types.is_undifferentiated
        and codes.is_recency_high = types.is_recency_high
        and codes.is_frequency_high = types.is_frequency_high
        and codes.is_monetary_high = types.is_monetary_high

)

select * from named
