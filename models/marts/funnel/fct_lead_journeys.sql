-- Source: 從線索到訂單到退單, each lead before, during and after the sale.
with

leads as (

    select * from {{ ref('fct_leads') }}

),

phases as (

    select * from {{ ref('rule_journey_phases') }}

),

deals as (

    select
        lead_id,
        count(*) as opportunity_count,
        count(*) filter (where is_won) as won_count,
        min(created_on) as first_opportunity_on,
        min(case when is_won then closed_on end) as first_won_on,
        cast(sum(case when is_won then amount end) as decimal(18, 4)) as won_amount

    from {{ ref('fct_opportunities') }}
    where lead_id is not null
    group by lead_id

),

bought as (

    select * from {{ ref('int_leads__followed') }}

),

placed as (

    select
        leads.lead_id,
        leads.source,
        leads.channel,
        leads.owner_staff_id,
        leads.created_on,
        leads.closed_on,
        leads.is_open,
        leads.is_qualified,
        leads.is_converted,
        leads.converted_on,
        leads.customer_id,
        case when leads.is_converted then bought.lead_id is not null end
            as is_first_lead,
        coalesce(deals.opportunity_count, 0) as opportunity_count,
        coalesce(deals.won_count, 0) as won_opportunity_count,
        deals.first_opportunity_on,
        deals.first_won_on,
        deals.won_amount,
        bought.first_order_on,
        bought.order_day_count,
        bought.net_sales_amount,
        bought.return_count,
        bought.return_amount,
        bought.service_ticket_count,
        bought.complaint_count,
        case
            when bought.return_count > 0 and bought.order_day_count > 0
                then 'returned'
            when bought.order_day_count > 0 then 'order'
            when leads.is_converted then 'customer'
            when deals.lead_id is not null then 'opportunity'
            else 'lead'
        end as phase_code,
        leads.as_of_on

    from leads
    left join deals on leads.lead_id = deals.lead_id
    left join bought on leads.lead_id = bought.lead_id

),

told as (

    select
        placed.*,
        {{ crm_warehouse.days_between('placed.created_on', 'placed.first_order_on') }}
            as days_to_order,
        phases.phase_order,
        phases.phase_name,
        phases.phase_name_zh,
        phases.action,
        phases.action_zh

    from placed
    inner join phases on placed.phase_code = phases.phase_code

)

select * from told
