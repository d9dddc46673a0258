-- 客戶共同需求細分: how many customers have each dominant need, and how strong it is.
with

needs as (

    select * from {{ ref('seg_needs') }}

),

summed as (

    select
        need_category,
        count(*) as customer_count,
        {{ safe_ratio('count(*)', 'max(population_count)') }} as customer_share,
        {{ safe_ratio('sum(bought_amount)', 'sum(own_amount)') }} as own_share,
        max(company_share) as company_share

    from needs
    group by need_category

)

select * from summed
order by
    customer_count desc nulls last,
    need_category asc nulls last
