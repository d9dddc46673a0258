-- The first request of each episode of a customer: none of theirs came in the days
-- before it, and all of the days around it are told.
with

tickets as (

    select * from {{ ref('fct_service_tickets') }}
    where customer_id is not null

),

customers as (

    select * from {{ ref('fct_customers') }}
    where first_purchase_on is not null

),

limits as (

    select cast(max(limit_value) as integer) as effect_days
    from {{ ref('rule_service_effect_limits') }}
    where limit_code = 'effect_days'

),

told as (

    select
        min(first_purchase_on) as first_sold_on,
        max(as_of_on) as as_of_on

    from customers

),

episodes as (

    select
        *,
        lag(opened_on) over (
            partition by customer_id order by opened_at asc, ticket_id asc
        ) as previous_on

    from tickets

),

dated as (

    select
        episodes.ticket_id,
        episodes.customer_id,
        episodes.opened_on,
        episodes.ticket_type,
        episodes.channel,
        episodes.is_complaint,
        limits.effect_days,
        {{ crm_warehouse.date_add_days('episodes.opened_on', '-limits.effect_days') }}
            as before_from_on,
        {{ crm_warehouse.date_add_days('episodes.opened_on', 'limits.effect_days') }}
            as after_to_on

    from episodes
    inner join customers on episodes.customer_id = customers.customer_id
    cross join limits
    cross join told
    where
        customers.first_purchase_on < episodes.opened_on
        and told.first_sold_on <= {{ crm_warehouse.date_add_days(
            'episodes.opened_on', '-limits.effect_days'
        ) }}
        and told.as_of_on >= {{ crm_warehouse.date_add_days(
            'episodes.opened_on', 'limits.effect_days'
        ) }}
        and coalesce({{ crm_warehouse.days_between(
            'episodes.previous_on', 'episodes.opened_on'
        ) }} > limits.effect_days, true)

)

select * from dated
