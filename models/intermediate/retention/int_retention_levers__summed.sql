-- The shares that a scenario moves, and what the customers on both sides bring.
with

populated as (

    select * from {{ ref('int_retention_levers__populated') }}

),

history as (

    select min(sold_on) as history_start_on
    from {{ ref('fct_customer_days') }}

),

summed as (

    select
        lever_code,
        basis_start_on,
        window_start_on,
        window_month_count,
        as_of_on,
        count(*) as customer_count,
        count(*) filter (where is_held) as held_count,
        sum(net_sales_amount) as net_sales_amount,
        coalesce(sum(net_sales_amount) filter (where is_held), 0) as held_amount,
        sum(margin_amount) filter (where is_held) as margin_amount,
        sum(margin_known_sales_amount) filter (where is_held)
            as margin_known_sales_amount

    from populated
    group by
        lever_code,
        basis_start_on,
        window_start_on,
        window_month_count,
        as_of_on

),

averaged as (

    select
        summed.lever_code,
        summed.customer_count,
        summed.held_count,
        {{ safe_ratio('summed.held_count', 'summed.customer_count') }} as held_share,
        cast(
            {{ safe_ratio('summed.held_amount', 'summed.held_count') }}
            as decimal(18, 4)
        ) as held_average_net_sales_amount,
        cast(
            {{ safe_ratio(
                '(summed.net_sales_amount - summed.held_amount)',
                '(summed.customer_count - summed.held_count)'
            ) }} as decimal(18, 4)
        ) as other_average_net_sales_amount,
        {{ safe_ratio('summed.margin_amount', 'summed.margin_known_sales_amount') }}
            as held_margin_rate,
        cast(summed.held_amount as decimal(18, 4)) as held_net_sales_amount,
        cast(summed.net_sales_amount as decimal(18, 4)) as net_sales_amount,
        history.history_start_on <= summed.basis_start_on as is_basis_complete,
        history.history_start_on,
        summed.basis_start_on,
        summed.window_start_on,
        summed.window_month_count,
        summed.as_of_on

    from summed
    cross join history

)

select * from averaged
