-- What shows a customer who is no regular one: values are few, so they are counted, and
-- not the customers put in order.
with

buyers as (

    select * from {{ ref('fct_customers') }}

    where is_window_buyer

),

product_days as (

    select * from {{ ref('int_product_days__counted') }}

),

counted as (

    select
        'units' as measure_code,
        'bulk_buyer' as bargain_code,
        unit_count as measured,
        cast(sum(product_day_count) as bigint) as holder_count

    from product_days
    group by unit_count

    union all

    select
        'tickets' as measure_code,
        'house_suspect' as bargain_code,
        cast(window_ticket_count as decimal(18, 6)) as measured,
        count(*) as holder_count

    from buyers
    group by window_ticket_count

    union all

    select
        'purchase_days' as measure_code,
        'house_suspect' as bargain_code,
        cast(window_purchase_day_count as decimal(18, 6)) as measured,
        count(*) as holder_count

    from buyers
    group by window_purchase_day_count

)

select * from counted
