-- What served customers, and around the same days those of the pool, spent before and
-- after; the day itself is left out.
with

events as (

    select * from {{ ref('int_service_events__dated') }}

),

pool as (

    select * from {{ ref('int_service_pool__drawn') }}

),

event_days as (

    select distinct
        opened_on,
        before_from_on,
        after_to_on

    from events

),

watched as (

    select
        ticket_id,
        customer_id,
        opened_on,
        before_from_on,
        after_to_on

    from events

    union all

    select
        cast(null as string) as ticket_id,
        pool.customer_id,
        event_days.opened_on,
        event_days.before_from_on,
        event_days.after_to_on

    from event_days
    inner join pool on event_days.opened_on > pool.first_purchase_on

),

summed as (

    select
        watched.ticket_id,
        watched.customer_id,
        watched.opened_on,
        count(*) filter (
            where days.is_purchase_day and days.sold_on < watched.opened_on
        ) as before_day_count,
        cast(coalesce(sum(days.net_sales_amount) filter (
            where days.sold_on < watched.opened_on
        ), 0) as decimal(18, 4)) as before_amount,
        cast(coalesce(sum(days.net_sales_amount) filter (
            where days.sold_on > watched.opened_on
        ), 0) as decimal(18, 4)) as after_amount

    from watched
    left join {{ ref('fct_customer_days') }} as days
        on watched.customer_id = days.customer_id
        and days.sold_on between watched.before_from_on and watched.after_to_on
    group by watched.ticket_id, watched.customer_id, watched.opened_on

)

select * from summed
