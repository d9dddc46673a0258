-- At most 9, so that a code of three digits is read in one way only.
with

scores as (

    select * from {{ ref('rule_rfm_scores') }}

)

select
    min(score) as lowest_score,
    max(score) as highest_score,
    count(*) as score_count

from scores
having
    min(score) != 1
    or max(score) != count(*)
    or count(*) > 9
