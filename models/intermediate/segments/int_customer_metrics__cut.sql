-- Where the points of the concentration curve lie, in customers and in what they bring.
with

ranked as (

    select * from {{ ref('int_customer_metrics__ranked') }}

),

summed as (

    select * from {{ ref('int_customer_metrics__summed') }}

),

points as (

    select
        max(case when point_code = 'main_amount' then share end)
            as main_amount_share,
        max(case when point_code = 'top_customers' then share end)
            as top_customer_share,
        max(case when point_code = 'kept_customers' then share end)
            as kept_customer_share

    from {{ ref('rule_concentration_points') }}

),

cut as (

    select
        summed.metric_code,
        summed.population_count,
        points.main_amount_share,
        points.top_customer_share,
        points.main_amount_share * cast(summed.whole_amount as decimal(19, 4))
            as main_amount,
        {{ top_count('summed.population_count', 'points.top_customer_share') }}
            as top_customer_count,
        {{ top_count('summed.population_count', 'points.kept_customer_share') }}
            as kept_customer_count

    from summed
    cross join points

),

found as (

    select
        cut.metric_code,
        cut.main_amount_share,
        min(case
            when ranked.cumulative_amount >= cut.main_amount
                then ranked.amount_rank
        end) as main_customer_count,
        cut.top_customer_share,
        cut.top_customer_count,
        max(case
            when ranked.amount_rank = cut.top_customer_count
                then ranked.cumulative_amount
        end) as top_amount,
        cut.population_count - cut.kept_customer_count as worst_customer_count,
        max(case
            when ranked.amount_rank = cut.kept_customer_count
                then ranked.cumulative_amount
        end) as kept_amount

    from cut
    left join ranked on cut.metric_code = ranked.metric_code
    group by
        cut.metric_code,
        cut.population_count,
        cut.main_amount_share,
        cut.top_customer_share,
        cut.top_customer_count,
        cut.kept_customer_count

)

select * from found
