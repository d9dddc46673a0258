-- Our own table over public marts of the package, published beside them.
with

guests as (

    select * from {{ ref('crm_warehouse', 'dim_customers') }}

),

tiers as (

    select * from {{ ref('crm_warehouse', 'seg_pyramid') }}

),

best_guests as (

    select
        tiers.customer_id,
        guests.card_count,
        tiers.tier_name,
        tiers.net_sales_amount

    from tiers
    inner join guests
        on tiers.customer_id = guests.customer_id

    where tiers.tier_code = 'A'

)

select * from best_guests
