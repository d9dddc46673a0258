-- Window buyers from the best to the worst, by each amount that is known of them, and
-- what they and all better ones bring together.
with

buyers as (

    select * from {{ ref('fct_customers') }}

    where is_window_buyer

),

metrics as (

    select * from {{ ref('rule_customer_metrics') }}

),

valued as (

    select
        metrics.metric_code,
        buyers.customer_id,
        case metrics.metric_code
            when 'net_sales' then buyers.window_net_sales_amount
            when 'contribution' then buyers.window_margin_amount
        end as amount

    from buyers
    cross join metrics

),

ranked as (

    select
        *,
        cast(row_number() over (
            partition by metric_code
            order by amount desc nulls last, customer_id asc nulls last
        ) as bigint) as amount_rank

    from valued
    where amount is not null

),

cumulated as (

    select
        metric_code,
        customer_id,
        amount,
        amount_rank,
        cast(sum(amount) over (
            partition by metric_code
            order by amount_rank asc nulls last
            rows between unbounded preceding and current row
        ) as decimal(18, 4)) as cumulative_amount

    from ranked

)

select * from cumulated
