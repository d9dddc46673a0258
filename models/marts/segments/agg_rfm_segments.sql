-- How large each RFM segment is, what it brings, and what to do with it.
with

buyers as (

    select * from {{ ref('seg_rfm') }}

),

segments as (

    select * from {{ ref('rule_rfm_segments') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

summed as (

    select
        segment_code,
        count(*) as customer_count,
        sum(monetary_amount) as net_sales_amount,
        sum(frequency_count) as frequency_count,
        sum(recency_days) as recency_days

    from buyers
    group by segment_code

),

told as (

    select
        segments.segment_code,
        segments.segment_order,
        segments.segment_name,
        segments.segment_name_zh,
        segments.action,
        segments.action_zh,
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
        {{ safe_ratio('summed.frequency_count', 'summed.customer_count') }}
            as average_frequency,
        {{ safe_ratio('summed.recency_days', 'summed.customer_count') }}
            as average_recency_days,
        population.population_count,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from segments
    cross join population
    left join summed on segments.segment_code = summed.segment_code

)

select * from told
