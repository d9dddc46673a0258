-- By sums over the distinct values instead of ranks: the same scores must come out.
with

rfm as (

    select * from {{ ref('seg_rfm') }}

),

measured as (

    select
        'recency' as measure,
        cast(-recency_days as decimal(18, 4)) as goodness,
        r_score as score,
        population_count,
        score_count

    from rfm

    union all

    select
        'frequency' as measure,
        cast(frequency_count as decimal(18, 4)) as goodness,
        f_score as score,
        population_count,
        score_count

    from rfm

    union all

    select
        'monetary' as measure,
        monetary_amount as goodness,
        m_score as score,
        population_count,
        score_count

    from rfm

),

grouped as (

    select
        measure,
        goodness,
        min(score) as lowest_score,
        max(score) as highest_score,
        count(*) as customer_count,
        max(population_count) as population_count,
        max(score_count) as score_count

    from measured
    group by
        measure,
        goodness

),

compared as (

    select
        *,
        sum(customer_count) over (
            partition by measure
            order by goodness asc nulls last
        ) - customer_count as worse_count

    from grouped

)

select *
from compared
where
    lowest_score != highest_score
    -- score = 1 + (score_count * worse) div N, without a division
    or (lowest_score - 1) * population_count > score_count * worse_count
    or lowest_score * population_count <= score_count * worse_count
