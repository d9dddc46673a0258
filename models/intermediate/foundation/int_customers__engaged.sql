-- What customers were asked and answered, what they asked for, and what it cost.
with

interactions as (

    select
        customer_id,
        case when is_in_response_window then 1 else 0 end as contact_count,
        case when is_in_response_window and is_answered then 1 else 0 end
            as answered_contact_count,
        cost_amount as contact_cost_amount,
        0 as service_ticket_count,
        0 as complaint_count,
        cast(null as decimal(18, 4)) as service_cost_amount

    from {{ ref('int_contacts__answered') }}

    union all

    select
        tickets.member_id as customer_id,
        0 as contact_count,
        0 as answered_contact_count,
        cast(null as decimal(18, 4)) as contact_cost_amount,
        1 as service_ticket_count,
        case when tickets.is_complaint then 1 else 0 end as complaint_count,
        tickets.cost_amount as service_cost_amount

    from {{ ref('stg_crm__service_tickets') }} as tickets

    cross join {{ ref('int_as_of') }} as told

    where
        tickets.member_id is not null
        and cast(tickets.opened_at as date) <= told.as_of_on

),

engaged as (

    select
        customer_id,
        cast(sum(contact_count) as bigint) as contact_count,
        cast(sum(answered_contact_count) as bigint) as answered_contact_count,
        cast(sum(contact_cost_amount) as decimal(18, 4)) as contact_cost_amount,
        cast(sum(service_ticket_count) as bigint) as service_ticket_count,
        cast(sum(complaint_count) as bigint) as complaint_count,
        cast(sum(service_cost_amount) as decimal(18, 4)) as service_cost_amount

    from interactions

    group by customer_id

)

select * from engaged
