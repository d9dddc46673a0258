-- Every customer once, and every lead that is no customer yet: suspects are leads that
-- nobody has qualified; whoever is known or qualified and has not bought is a prospect.
with

customers as (

    select
        customers.customer_id,
        standings.stage_code,
        standings.highest_stage_code,
        standings.activity_status,
        customers.first_purchase_on,
        customers.last_purchase_on,
        customers.recency_days,
        customers.purchase_day_count,
        customers.as_of_on

    from {{ ref('fct_customers') }} as customers
    left join {{ ref('fct_customer_standings') }} as standings
        on customers.customer_id = standings.customer_id

),

leads as (

    select * from {{ ref('int_leads__qualified') }}

),

first_leads as (

    select
        customer_id,
        lead_id

    from leads
    where customer_id is not null
    qualify row_number() over (
        partition by customer_id
        order by created_at asc nulls last, lead_id asc nulls last
    ) = 1

),

told as (

    select
        customers.customer_id as lifecycle_id,
        customers.customer_id,
        first_leads.lead_id,
        coalesce(customers.stage_code, 'prospect') as stage_code,
        coalesce(customers.highest_stage_code, 'prospect') as highest_stage_code,
        customers.activity_status,
        customers.first_purchase_on,
        customers.last_purchase_on,
        customers.recency_days,
        customers.purchase_day_count,
        customers.as_of_on

    from customers
    left join first_leads on customers.customer_id = first_leads.customer_id

    union all

    select
        concat('lead:', leads.lead_id) as lifecycle_id,
        null as customer_id,
        leads.lead_id,
        case when leads.is_qualified then 'prospect' else 'suspect' end as stage_code,
        case when leads.has_been_qualified then 'prospect' else 'suspect' end
            as highest_stage_code,
        null as activity_status,
        null as first_purchase_on,
        null as last_purchase_on,
        null as recency_days,
        0 as purchase_day_count,
        leads.as_of_on

    from leads
    left join customers on leads.customer_id = customers.customer_id
    where customers.customer_id is null

)

select * from told
