-- The whole of each amount, and the sum of rank times amount that the Gini needs.
with

ranked as (

    select * from {{ ref('int_customer_metrics__ranked') }}

),

metrics as (

    select * from {{ ref('rule_customer_metrics') }}

),

summed as (

    select
        metric_code,
        count(*) as population_count,
        cast(sum(amount) as decimal(18, 4)) as total_amount,
        cast(sum(amount_rank * amount) as decimal(38, 4)) as rank_weighted_amount

    from ranked
    group by metric_code

),

told as (

    select
        metrics.metric_code,
        metrics.metric_name,
        metrics.metric_name_zh,
        cast(coalesce(summed.population_count, 0) as bigint) as population_count,
        summed.total_amount,
        -- A curve of shares needs a whole above nothing.
        case when summed.total_amount > 0 then summed.total_amount end
            as whole_amount,
        summed.rank_weighted_amount

    from metrics
    left join summed on metrics.metric_code = summed.metric_code

)

select * from told
