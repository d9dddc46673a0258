-- The window buyers of each told day in the order of the pyramid, never with a tie, and
-- their R, F and M scores by rank: equal values score equal, whatever their number.
with

metrics as (

    select metric_code
    from {{ ref('rule_pyramid_tiers') }}
    group by metric_code

),

scale as (

    select count(*) as score_count
    from {{ ref('rule_rfm_scores') }}

),

buyers as (

    select
        standings.*,
        case metrics.metric_code
            when 'net_sales' then standings.net_sales_amount
            when 'margin' then standings.margin_amount
        end as ranked_amount

    from {{ ref('int_standings__measured') }} as standings
    cross join metrics
    where standings.is_window_buyer

),

-- Worst first: long ago, seldom, little. The rank counts those strictly worse.
ranked as (

    select
        customer_id,
        told_on,
        is_as_of,
        recency_days,
        frequency_count,
        net_sales_amount,
        ranked_amount,
        count(*) over (partition by told_on) as population_count,
        cast(row_number() over (
            partition by told_on
            order by
                ranked_amount desc nulls last,
                net_sales_amount desc nulls last,
                margin_amount desc nulls last,
                window_purchase_day_count desc nulls last,
                last_purchase_on desc nulls last,
                customer_id asc nulls last
        ) as bigint) as sales_rank,
        cast(rank() over (
            partition by told_on order by recency_days desc nulls first
        ) - 1 as bigint) as recency_worse_count,
        cast(rank() over (
            partition by told_on order by frequency_count asc nulls first
        ) - 1 as bigint) as frequency_worse_count,
        cast(rank() over (
            partition by told_on order by net_sales_amount asc nulls first
        ) - 1 as bigint) as monetary_worse_count

    from buyers

),

scored as (

    select
        ranked.*,
        {{ relative_score(
            'ranked.recency_worse_count',
            'ranked.population_count',
            'scale.score_count'
        ) }} as r_score,
        {{ relative_score(
            'ranked.frequency_worse_count',
            'ranked.population_count',
            'scale.score_count'
        ) }} as f_score,
        {{ relative_score(
            'ranked.monetary_worse_count',
            'ranked.population_count',
            'scale.score_count'
        ) }} as m_score

    from ranked
    cross join scale

)

select * from scored
