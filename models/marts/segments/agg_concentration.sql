-- 20/80/30 定律: who brings 80 %, what the best 20 % bring, what the worst 30 % eat up.
with

summed as (

    select * from {{ ref('int_customer_metrics__summed') }}

),

cut as (

    select * from {{ ref('int_customer_metrics__cut') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

told as (

    select
        summed.metric_code,
        summed.metric_name,
        summed.metric_name_zh,
        summed.population_count,
        summed.total_amount,
        cut.main_amount_share,
        cut.main_customer_count,
        {{ safe_ratio('cut.main_customer_count', 'summed.population_count') }}
            as main_customer_share,
        cut.top_customer_share,
        cut.top_customer_count,
        cut.top_amount,
        {{ safe_ratio('cut.top_amount', 'summed.whole_amount') }}
            as top_amount_share,
        cut.worst_customer_count,
        cast(summed.total_amount - cut.kept_amount as decimal(18, 4))
            as worst_amount,
        {{ safe_ratio(
            '(cut.kept_amount - summed.whole_amount)', 'cut.kept_amount'
        ) }} as erosion_rate,
        {{ safe_ratio(
            '((summed.population_count + 1) * summed.whole_amount'
            ~ ' - 2 * summed.rank_weighted_amount)',
            '(summed.population_count * summed.whole_amount)'
        ) }} as gini_coefficient,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from summed
    inner join cut on summed.metric_code = cut.metric_code
    cross join population

)

select * from told
