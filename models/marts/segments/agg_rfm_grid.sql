-- Recency by frequency, cell by cell; the empty cells stay in the picture.
with

buyers as (

    select * from {{ ref('seg_rfm') }}

),

scores as (

    select * from {{ ref('rule_rfm_scores') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

summed as (

    select
        r_score,
        f_score,
        count(*) as customer_count,
        sum(monetary_amount) as net_sales_amount

    from buyers
    group by
        r_score,
        f_score

),

told as (

    select
        recency.score as r_score,
        frequency.score as f_score,
        recency.score_name as r_score_name,
        recency.score_name_zh as r_score_name_zh,
        frequency.score_name as f_score_name,
        frequency.score_name_zh as f_score_name_zh,
        cast(coalesce(summed.customer_count, 0) as bigint) as customer_count,
        {{ safe_ratio(
            'coalesce(summed.customer_count, 0)', 'population.population_count'
        ) }} as customer_share,
        cast(coalesce(summed.net_sales_amount, 0) as decimal(18, 4))
            as net_sales_amount,
        {{ safe_ratio(
            'coalesce(summed.net_sales_amount, 0)',
            'greatest(population.net_sales_amount, 0)'
        ) }} as net_sales_share,
        cast(
            {{ safe_ratio('summed.net_sales_amount', 'summed.customer_count') }}
            as decimal(18, 4)
        ) as average_net_sales_amount,
        population.population_count,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from scores as recency
    cross join scores as frequency
    cross join population
    left join summed
        on recency.score = summed.r_score
        and frequency.score = summed.f_score

)

select * from told
