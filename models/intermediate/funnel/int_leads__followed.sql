-- What the customers that leads became did from the day of conversion on. Of several
-- leads of one customer the first converted has it all, so that nothing is told twice.
-- Who was a customer before the lead came in is followed from that day on.
with

leads as (

    select
        lead_id,
        customer_id,
        greatest(created_on, converted_on) as followed_on

    from {{ ref('fct_leads') }}
    where is_converted and customer_id is not null and converted_on is not null
    qualify row_number() over (
        partition by customer_id
        order by greatest(created_at, converted_at) asc, lead_id asc
    ) = 1

),

days as (

    select * from {{ ref('fct_customer_days') }}

),

tickets as (

    select * from {{ ref('fct_service_tickets') }}

),

-- Without any request the table is absent: how many there were is unknown.
recorded as (

    select case when count(*) > 0 then 0 end as no_ticket_count from tickets

),

requests as (

    select
        leads.lead_id,
        count(*) as service_ticket_count,
        count(*) filter (where tickets.is_complaint) as complaint_count

    from leads
    inner join tickets
        on leads.customer_id = tickets.customer_id
        and leads.followed_on <= tickets.opened_on
    group by leads.lead_id

),

bought as (

    select
        leads.lead_id,
        min(case when days.is_purchase_day then days.sold_on end) as first_order_on,
        count(*) filter (where days.is_purchase_day) as order_day_count,
        cast(coalesce(sum(days.net_sales_amount), 0) as decimal(18, 4))
            as net_sales_amount,
        cast(coalesce(sum(days.return_count), 0) as bigint) as return_count,
        cast(coalesce(sum(days.return_amount), 0) as decimal(18, 4)) as return_amount

    from leads
    left join days
        on leads.customer_id = days.customer_id
        and leads.followed_on <= days.sold_on
    group by leads.lead_id

),

followed as (

    select
        bought.*,
        coalesce(requests.service_ticket_count, recorded.no_ticket_count)
            as service_ticket_count,
        coalesce(requests.complaint_count, recorded.no_ticket_count)
            as complaint_count

    from bought
    left join requests on bought.lead_id = requests.lead_id
    cross join recorded

)

select * from followed
