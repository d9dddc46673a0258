-- The whale curve from the best customers down, the Lorenz curve from the worst up.
with

ranked as (

    select * from {{ ref('int_customer_metrics__ranked') }}

),

summed as (

    select * from {{ ref('int_customer_metrics__summed') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

percentiles as (

    select numbers.percentile
    from (
        values ({{ range(1, 101) | join('), (') }})
    ) as numbers (percentile)

),

points as (

    select
        summed.*,
        percentiles.percentile,
        {{ top_count('summed.population_count', 'percentiles.percentile * 0.01') }}
            as customer_count

    from summed
    cross join percentiles
    where summed.population_count > 0

),

told as (

    select
        points.metric_code,
        points.percentile,
        points.metric_name,
        points.metric_name_zh,
        points.customer_count,
        best.cumulative_amount as best_amount,
        {{ safe_ratio('best.cumulative_amount', 'points.whole_amount') }}
            as best_share,
        cast(
            points.total_amount - coalesce(others.cumulative_amount, 0)
            as decimal(18, 4)
        ) as worst_amount,
        {{ safe_ratio(
            '(points.total_amount - coalesce(others.cumulative_amount, 0))',
            'points.whole_amount'
        ) }} as worst_share,
        best.amount as threshold_amount,
        points.population_count,
        points.total_amount,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from points
    cross join population
    inner join ranked as best
        on points.metric_code = best.metric_code
        and points.customer_count = best.amount_rank
    left join ranked as others
        on points.metric_code = others.metric_code
        and points.population_count - points.customer_count = others.amount_rank

)

select * from told
