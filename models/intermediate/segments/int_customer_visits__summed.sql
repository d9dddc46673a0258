-- The one reading of the window's tickets: by which channel, on which weekday and hour.
with

told as (

    select * from {{ ref('int_window_buyers__counted') }}

),

tickets as (

    select tickets.*

    from {{ ref('fct_transactions') }} as tickets
    cross join told
    where
        tickets.customer_id is not null
        and tickets.sold_on >= told.window_start_on

),

-- Where every ticket is of midnight, days were handed over and no hours.
clock as (

    select count(*) as timed_count

    from tickets
    where extract(hour from sold_at) > 0 or extract(minute from sold_at) > 0

),

placed as (

    select
        tickets.*,
        {{ crm_warehouse.iso_weekday('tickets.sold_on') }} as iso_weekday,
        case
            when clock.timed_count > 0
                then cast(extract(hour from tickets.sold_at) as integer)
        end as hour_of_day

    from tickets
    cross join clock

),

summed as (

    select
        customer_id,
        channel,
        iso_weekday,
        hour_of_day,
        cast(count_if(not is_return) as bigint) as ticket_count,
        min(sold_on) filter (where not is_return) as first_on,
        max(sold_on) filter (where not is_return) as last_on,
        cast(sum(net_sales_amount) as decimal(18, 4)) as net_sales_amount,
        cast(sum(margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount

    from placed
    group by customer_id, channel, iso_weekday, hour_of_day

)

select * from summed
