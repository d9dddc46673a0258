-- Open opportunities of each customer, and of each lead that is no customer yet.
with

opportunities as (

    select * from {{ ref('fct_opportunities') }}
    where is_open

),

leads as (

    select * from {{ ref('fct_leads') }}

),

owned as (

    select
        coalesce(opportunities.customer_id, leads.customer_id) as customer_id,
        opportunities.lead_id,
        opportunities.amount

    from opportunities
    left join leads on opportunities.lead_id = leads.lead_id

),

summed as (

    select
        customer_id,
        case when customer_id is null then lead_id end as lead_id,
        count(*) as open_opportunity_count,
        cast(sum(amount) as decimal(18, 4)) as open_amount

    from owned
    where customer_id is not null or lead_id is not null
    group by all

)

select * from summed
