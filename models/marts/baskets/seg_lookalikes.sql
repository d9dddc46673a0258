-- Who buys like the best: customers whose shares of categories are most like those of
-- the best tiers together, by the cosine of the two.
{% set wide = crm_warehouse.whole_number_type() -%}
with

compared as (

    select * from {{ ref('int_customer_mixes__compared') }}

),

terms as (

    select * from {{ ref('int_basket_terms__told') }}

),

-- Squared, so that whole numbers are compared with the limit.
judged as (

    select
        compared.*,
        cast(
            cast(compared.dot_product as double)
            / sqrt(
                cast(compared.own_square as double)
                * cast(nullif(compared.target_square, 0) as double)
            ) as decimal(18, 6)
        ) as similarity_rate,
        not compared.is_target
        and compared.target_square > 0
        and cast(compared.dot_product as {{ wide }}) * 1000000
        * cast(compared.dot_product as {{ wide }}) * 1000000
        >= cast(terms.least_similarity * 1000000 as {{ wide }})
        * cast(terms.least_similarity * 1000000 as {{ wide }})
        * compared.own_square * compared.target_square as is_lookalike,
        terms.least_similarity as least_similarity_rate,
        terms.lookalike_tiers,
        terms.as_of_on,
        terms.window_start_on,
        terms.window_month_count

    from compared
    cross join terms

),

told as (

    select
        customer_id,
        tier_code,
        is_target,
        category_count,
        similarity_rate,
        is_lookalike,
        case
            when not is_target then cast(row_number() over (
                partition by is_target
                order by
                    similarity_rate desc nulls last,
                    category_count desc nulls last,
                    customer_id asc nulls last
            ) as bigint)
        end as similarity_rank,
        cast(sum(case when is_target then 1 else 0 end) over () as bigint)
            as target_customer_count,
        cast(count(*) over () as bigint) as population_count,
        least_similarity_rate,
        cast(lookalike_tiers as integer) as target_tier_count,
        as_of_on,
        window_start_on,
        window_month_count

    from judged

)

select * from told
