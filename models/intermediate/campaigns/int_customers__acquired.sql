-- By which channel the first lead of a customer came: the word that acquisition costs
-- use, be it the source or the channel of the lead, else the source.
with

leads as (

    select
        lead_id,
        customer_id,
        created_on,
        lower(trim(source)) as source,
        lower(trim(channel)) as channel

    from {{ ref('fct_leads') }}
    where customer_id is not null

),

costed as (

    select distinct lower(trim(channel)) as channel

    from {{ ref('fct_costs') }}
    where cost_type = 'acquisition' and channel is not null

),

ranked as (

    select
        leads.customer_id,
        coalesce(sources.channel, channels.channel, leads.source, leads.channel)
            as acquisition_channel,
        row_number() over (
            partition by leads.customer_id
            order by leads.created_on asc nulls last, leads.lead_id asc nulls last
        ) as lead_order

    from leads
    left join costed as sources on leads.source = sources.channel
    left join costed as channels on leads.channel = channels.channel

),

first_leads as (

    select
        customer_id,
        acquisition_channel

    from ranked
    where lead_order = 1

)

select * from first_leads
