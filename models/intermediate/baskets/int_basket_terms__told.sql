-- The days and limits that the whole room keeps, once.
with

customers as (

    select * from {{ ref('fct_customers') }}

),

tickets as (

    select min(sold_on) as history_start_on
    from {{ ref('fct_transactions') }}

),

windowed as (

    select
        as_of_on,
        window_start_on,
        window_month_count,
        {{ crm_warehouse.add_months(
            'window_start_on', -crm_warehouse.checked_integer('window_months', 1, 600)
        ) }} as before_start_on

    from customers
    group by as_of_on, window_start_on, window_month_count

),

limits as (

    select
        cast(max(limit_value) filter (where limit_code = 'most_basket_items') as bigint)
            as most_basket_items,
        cast(max(limit_value) filter (where limit_code = 'least_pair_tickets') as bigint)
            as least_pair_tickets,
        cast(max(limit_value) filter (where limit_code = 'least_pair_share') as decimal(18, 6))
            as least_pair_share,
        cast(max(limit_value) filter (where limit_code = 'least_chi_squared') as decimal(18, 6))
            as least_chi_squared

    from {{ ref('rule_basket_limits') }}

),

told as (

    select
        windowed.as_of_on,
        windowed.window_start_on,
        windowed.window_month_count,
        windowed.before_start_on,
        tickets.history_start_on,
        tickets.history_start_on <= windowed.before_start_on as is_before_complete,
        limits.*

    from windowed
    cross join tickets
    cross join limits

)

select * from told
