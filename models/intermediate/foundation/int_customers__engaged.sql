-- What customers were asked and answered, what they asked for, and what it cost. Where
-- the retailer hands over no contacts, or no service tickets, nothing is known of
-- anyone.
with

customers as (

    select * from {{ ref('int_customers__known') }}

),

contacted as (

    select
        customer_id,
        count(*) filter (where is_in_response_window) as contact_count,
        count(*) filter (where is_in_response_window and is_answered)
            as answered_contact_count,
        cast(sum(cost_amount) as decimal(18, 4)) as contact_cost_amount

    from {{ ref('int_contacts__answered') }}

    group by customer_id

),

served as (

    select
        customer_id,
        count(*) as service_ticket_count,
        count(*) filter (where is_complaint) as complaint_count,
        cast(sum(cost_amount) as decimal(18, 4)) as service_cost_amount

    from {{ ref('fct_service_tickets') }}

    group by customer_id

),

-- 0 where others have some, null where nobody has.
nothing as (

    select
        max(contact_count) * 0 as contact_count,
        cast(max(contact_cost_amount) * 0 as decimal(18, 4)) as contact_cost_amount,
        max(service_ticket_count) * 0 as service_ticket_count,
        cast(max(service_cost_amount) * 0 as decimal(18, 4)) as service_cost_amount

    from contacted

    full outer join served
        on contacted.customer_id = served.customer_id

),

engaged as (

    select
        customers.customer_id,
        coalesce(contacted.contact_count, nothing.contact_count) as contact_count,
        coalesce(contacted.answered_contact_count, nothing.contact_count)
            as answered_contact_count,
        coalesce(contacted.contact_cost_amount, nothing.contact_cost_amount)
            as contact_cost_amount,
        coalesce(served.service_ticket_count, nothing.service_ticket_count)
            as service_ticket_count,
        coalesce(served.complaint_count, nothing.service_ticket_count)
            as complaint_count,
        coalesce(served.service_cost_amount, nothing.service_cost_amount)
            as service_cost_amount

    from customers

    cross join nothing

    left join contacted
        on customers.customer_id = contacted.customer_id

    left join served
        on customers.customer_id = served.customer_id

)

select * from engaged
