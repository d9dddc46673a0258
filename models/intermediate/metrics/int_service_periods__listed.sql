-- The window and each told month, with the sale tickets of its days.
with

days as (

    select
        day_on,
        sum(ticket_count) as ticket_count

    from {{ ref('fct_store_days') }}
    group by day_on

),

told as (

    select
        max(as_of_on) as as_of_on,
        max(window_start_on) as window_start_on,
        max(window_month_count) as window_month_count

    from {{ ref('fct_customers') }}

),

periods as (

    select
        'month' as period_type,
        months.calendar_month as period_start_on,
        months.told_on as period_end_on,
        months.is_complete_month as is_complete_period,
        told.window_month_count,
        told.as_of_on

    from {{ ref('int_month_ends__told') }} as months
    cross join told

    union all

    select
        'window' as period_type,
        window_start_on as period_start_on,
        as_of_on as period_end_on,
        true as is_complete_period,
        window_month_count,
        as_of_on

    from told

),

listed as (

    select
        periods.period_type,
        periods.period_start_on,
        periods.period_end_on,
        periods.is_complete_period,
        cast(sum(days.ticket_count) as bigint) as sale_ticket_count,
        periods.window_month_count,
        periods.as_of_on

    from periods
    left join days
        on days.day_on between periods.period_start_on and periods.period_end_on
    group by all

)

select * from listed
