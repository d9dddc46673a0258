-- Told days: every month end since the first sale, and the as-of day. The month that
-- frozen thresholds are of is the first whose window holds nothing but days of data,
-- and in which a customer bought.
with

told as (

    select * from {{ ref('int_as_of') }}

),

first_sale as (

    select min(sold_on) as first_sold_on from {{ ref('fct_transactions') }}

),

days as (

    select
        dates.date_on as told_on,
        dates.is_month_end,
        dates.date_on = told.as_of_on as is_as_of,
        {{ crm_warehouse.add_months(
            crm_warehouse.date_add_days('dates.date_on', 1),
            -crm_warehouse.checked_integer('window_months', 1, 600)
        ) }} as window_start_on,
        told.window_month_count,
        first_sale.first_sold_on

    from {{ ref('dim_dates') }} as dates

    cross join told

    cross join first_sale

    where
        dates.date_on = told.as_of_on
        or dates.is_month_end
        and dates.date_on between first_sale.first_sold_on and told.as_of_on

),

purchase_days as (

    select sold_on

    from {{ ref('fct_customer_days') }}

    where is_purchase_day

    group by sold_on

),

calibrated as (

    select min(days.told_on) as calibrated_on

    from days

    inner join purchase_days
        on purchase_days.sold_on between days.window_start_on and days.told_on

    where days.is_month_end and days.first_sold_on <= days.window_start_on

),

listed as (

    select
        days.told_on,
        days.is_month_end,
        days.is_as_of,
        days.window_start_on,
        days.window_month_count,
        calibrated.calibrated_on

    from days
    left join calibrated on days.told_on >= calibrated.calibrated_on

)

select * from listed
