-- 購買規律: how many customers buy evenly, at random or in bursts, and how often.
with

rhythms as (

    select * from {{ ref('seg_regularity') }}

),

summed as (

    select
        regularity_name,
        regularity_name_zh,
        action,
        action_zh,
        count(*) as customer_count,
        {{ safe_ratio('count(*)', 'max(population_count)') }} as customer_share,
        {{ safe_ratio('sum(mean_gap_days * gap_count)', 'sum(gap_count)') }}
            as mean_gap_days,
        count_if(overdue_ratio > 1) as overdue_count

    from rhythms
    group by
        regularity_name,
        regularity_name_zh,
        action,
        action_zh

)

select * from summed
order by customer_count desc nulls last, regularity_name asc nulls last
