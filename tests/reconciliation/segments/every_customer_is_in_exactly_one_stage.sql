-- And so is every lead that is no customer; what has been bought tells the stage.
with

lives as (

    select
        customer_id,
        lead_id,
        count(*) as life_count,
        min(stage_code) as stage_code

    from {{ ref('seg_lifecycle') }}

    group by customer_id, lead_id

),

customers as (

    select
        customers.customer_id,
        customers.purchase_day_count,
        count(lives.life_count) as stage_count,
        min(lives.stage_code) as stage_code

    from {{ ref('fct_customers') }} as customers

    left join lives
        on customers.customer_id = lives.customer_id

    group by customers.customer_id, customers.purchase_day_count

),

faults as (

    select customer_id as faulty_id

    from customers

    where
        stage_count != 1
        or (purchase_day_count = 0) != (stage_code = 'prospect')
        or (purchase_day_count = 1) != (stage_code = 'first')

    union all

    select leads.lead_id as faulty_id

    from {{ ref('fct_leads') }} as leads

    left join {{ ref('fct_customers') }} as customers
        on leads.customer_id = customers.customer_id

    left join lives
        on leads.lead_id = lives.lead_id
        and lives.customer_id is null

    where (customers.customer_id is null) != (coalesce(lives.life_count, 0) = 1)

)

select * from faults
