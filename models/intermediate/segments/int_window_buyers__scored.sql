-- R, F and M scores by rank: equal values score equal, whatever their number.
with

customers as (

    select * from {{ ref('fct_customers') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

scores as (

    select * from {{ ref('rule_rfm_scores') }}

),

scale as (

    select count(*) as score_count
    from scores

),

-- Worst first: long ago, seldom, little. The rank counts those strictly worse.
compared as (

    select
        customer_id,
        recency_days,
        window_frequency_count as frequency_count,
        window_net_sales_amount as monetary_amount,
        rank() over (order by recency_days desc nulls first) - 1
            as recency_worse_count,
        rank() over (order by window_frequency_count asc nulls first) - 1
            as frequency_worse_count,
        rank() over (order by window_net_sales_amount asc nulls first) - 1
            as monetary_worse_count

    from customers
    where is_window_buyer

),

scored as (

    select
        compared.customer_id,
        compared.recency_days,
        compared.frequency_count,
        compared.monetary_amount,
        cast(compared.recency_worse_count as bigint) as recency_worse_count,
        cast(compared.frequency_worse_count as bigint) as frequency_worse_count,
        cast(compared.monetary_worse_count as bigint) as monetary_worse_count,
        {{ relative_score(
            'compared.recency_worse_count',
            'population.population_count',
            'scale.score_count'
        ) }} as r_score,
        {{ relative_score(
            'compared.frequency_worse_count',
            'population.population_count',
            'scale.score_count'
        ) }} as f_score,
        {{ relative_score(
            'compared.monetary_worse_count',
            'population.population_count',
            'scale.score_count'
        ) }} as m_score

    from compared
    cross join population
    cross join scale

)

select * from scored
