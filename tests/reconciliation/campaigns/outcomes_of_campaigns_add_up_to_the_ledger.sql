-- What the cells bought is what the tickets say, summed ticket by ticket instead of day
-- by day, for campaigns whose customers were each assigned on one day.
with

effects as (

    select * from {{ ref('agg_campaign_effects') }}
    where first_assigned_on = last_assigned_on and measured_until_on is not null

),

assigned as (

    select distinct
        contacts.campaign_id,
        contacts.customer_id

    from {{ ref('fct_campaign_contacts') }} as contacts
    inner join effects on contacts.campaign_id = effects.campaign_id

),

ledger as (

    select
        assigned.campaign_id,
        sum(tickets.net_sales_amount) as net_sales_amount

    from assigned
    inner join effects on assigned.campaign_id = effects.campaign_id
    inner join {{ ref('fct_transactions') }} as tickets
        on assigned.customer_id = tickets.customer_id
    where
        tickets.sold_on > effects.first_assigned_on
        and tickets.sold_on <= effects.measured_until_on
    group by assigned.campaign_id

)

select
    effects.campaign_id,
    effects.treatment_net_sales_amount,
    effects.control_net_sales_amount,
    ledger.net_sales_amount

from effects
left join ledger on effects.campaign_id = ledger.campaign_id
where
    coalesce(effects.treatment_net_sales_amount, 0)
    + coalesce(effects.control_net_sales_amount, 0)
    != coalesce(ledger.net_sales_amount, 0)
