-- Rank 1, 2, 3 ... N; a better rank never has less, nor a worse tier.
with

pyramid as (

    select * from {{ ref('seg_pyramid') }}

),

neighbours as (

    select
        sales_rank,
        ranked_amount,
        tier_order,
        population_count,
        count(*) over () as row_count,
        coalesce(lag(sales_rank) over (order by sales_rank asc nulls last), 0)
            as better_rank,
        lag(ranked_amount) over (order by sales_rank asc nulls last)
            as better_amount,
        lag(tier_order) over (order by sales_rank asc nulls last)
            as better_tier_order

    from pyramid

)

select *
from neighbours
where
    sales_rank != better_rank + 1
    or ranked_amount > better_amount
    or tier_order < better_tier_order
    or row_count != population_count
