-- The order of the pyramid: by the metric of its standard, never with a tie.
with

customers as (

    select * from {{ ref('fct_customers') }}

),

tiers as (

    select * from {{ ref('rule_pyramid_tiers') }}

),

metrics as (

    select metric_code
    from tiers
    group by metric_code

),

buyers as (

    select
        customers.*,
        case metrics.metric_code
            when 'net_sales' then customers.window_net_sales_amount
            when 'margin' then customers.window_margin_amount
        end as ranked_amount

    from customers
    cross join metrics
    where customers.is_window_buyer

),

ranked as (

    select
        customer_id,
        ranked_amount,
        window_net_sales_amount as net_sales_amount,
        window_margin_amount as margin_amount,
        window_margin_known_sales_amount as margin_known_sales_amount,
        cast(row_number() over (
            order by
                ranked_amount desc nulls last,
                window_net_sales_amount desc nulls last,
                window_margin_amount desc nulls last,
                window_purchase_day_count desc nulls last,
                last_purchase_on desc nulls last,
                customer_id asc nulls last
        ) as bigint) as sales_rank

    from buyers

)

select * from ranked
