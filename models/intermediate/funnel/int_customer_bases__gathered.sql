-- Every customer, and every lead that is no customer yet: who they are to us.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

facts as (

    select * from {{ ref('fct_customers') }}

),

standings as (

    select * from {{ ref('fct_customer_standings') }}

),

leads as (

    select * from {{ ref('fct_leads') }}

),

deals as (

    select * from {{ ref('int_open_deals__summed') }}

),

-- The lead that made them a customer, the earliest of several, tells the source.
first_leads as (

    select
        customer_id,
        source

    from leads
    where customer_id is not null
    qualify row_number() over (
        partition by customer_id order by created_at asc nulls last, lead_id asc
    ) = 1

),

gathered as (

    select
        'customer' as base_kind,
        customers.customer_id as base_id,
        coalesce(standings.activity_status, 'never_bought') as status,
        customers.owner_staff_id as owner,
        first_leads.source,
        case when deals.customer_id is not null then 'open_deal' else 'none_known' end
            as potential,
        facts.window_net_sales_amount,
        deals.open_opportunity_count,
        deals.open_amount

    from customers
    inner join facts on customers.customer_id = facts.customer_id
    left join standings on customers.customer_id = standings.customer_id
    left join first_leads on customers.customer_id = first_leads.customer_id
    left join deals on customers.customer_id = deals.customer_id

    union all

    select
        'lead' as base_kind,
        leads.lead_id as base_id,
        case
            when not leads.is_open then 'lead_lost'
            when leads.is_qualified then 'lead_qualified'
            else 'lead_open'
        end as status,
        leads.owner_staff_id as owner,
        leads.source,
        case
            when deals.lead_id is not null then 'open_deal'
            when leads.is_open and leads.is_qualified then 'qualified_interest'
            when leads.is_open then 'first_interest'
            else 'none_known'
        end as potential,
        cast(null as decimal(18, 4)) as window_net_sales_amount,
        deals.open_opportunity_count,
        deals.open_amount

    from leads
    left join deals on leads.lead_id = deals.lead_id
    where not leads.is_converted and leads.customer_id is null

)

select * from gathered
