with

tickets as (

    select * from {{ ref('stg_crm__service_tickets') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

opened as (

    select
        tickets.ticket_id,
        customers.customer_id,
        cast(tickets.opened_at as date) as opened_on,
        tickets.opened_at,
        case
            when cast(tickets.first_replied_at as date) <= told.as_of_on
                then tickets.first_replied_at
        end as first_replied_at,
        case
            when cast(tickets.closed_at as date) <= told.as_of_on
                then tickets.closed_at
        end as closed_at,
        tickets.channel,
        tickets.ticket_type,
        tickets.is_complaint,
        tickets.cost_amount

    from tickets

    cross join told

    left join {{ ref('int_members__resolved') }} as members
        on tickets.member_id = members.member_id

    left join {{ ref('int_customers__known') }} as customers
        on coalesce(members.customer_id, tickets.member_id) = customers.customer_id

    where cast(tickets.opened_at as date) <= told.as_of_on

)

select * from opened
