-- The last told day of each month: its end, of the running one the as-of day.
with

days as (

    select * from {{ ref('dim_dates') }}
    where is_told

),

told as (

    select
        calendar_month,
        max(date_on) as told_on,
        max(case when is_month_end then 1 else 0 end) = 1 as is_complete_month

    from days
    group by calendar_month

)

select * from told
