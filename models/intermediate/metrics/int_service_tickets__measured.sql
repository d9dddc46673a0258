-- How long each request waited, and which complaints came soon after another one of the
-- same customer.
with

tickets as (

    select * from {{ ref('fct_service_tickets') }}

),

{% set repeat_days = crm_warehouse.checked_integer('repeat_complaint_days', 1, 999) -%}
complaints as (

    select
        ticket_id,
        lag(opened_on) over (
            partition by customer_id order by opened_at asc, ticket_id asc
        ) as previous_on

    from tickets
    where is_complaint and customer_id is not null

),

measured as (

    select
        tickets.ticket_id,
        tickets.customer_id,
        tickets.opened_on,
        tickets.channel,
        tickets.ticket_type,
        tickets.is_complaint,
        tickets.cost_amount,
        tickets.closed_at is not null as is_closed,
        case
            when tickets.first_replied_at >= tickets.opened_at
                then {{ crm_warehouse.seconds_between(
                    'tickets.opened_at', 'tickets.first_replied_at'
                ) }}
        end as reply_seconds,
        case
            when tickets.closed_at >= tickets.opened_at
                then {{ crm_warehouse.seconds_between(
                    'tickets.opened_at', 'tickets.closed_at'
                ) }}
        end as resolution_seconds,
        complaints.ticket_id is not null as is_known_complaint,
        coalesce({{ crm_warehouse.days_between(
            'complaints.previous_on', 'tickets.opened_on'
        ) }} <= {{ repeat_days }}, false) as is_repeat_complaint

    from tickets
    left join complaints on tickets.ticket_id = complaints.ticket_id

)

select * from measured
