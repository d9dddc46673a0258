-- The place of each customer in every scheme of which a customer has one place.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

pyramid as (

    select * from {{ ref('seg_pyramid') }}

),

tiers as (

    select * from {{ ref('agg_pyramid_tiers') }}

),

rfm as (

    select * from {{ ref('seg_rfm') }}

),

quadrants as (

    select * from {{ ref('seg_value_matrix') }}

),

lives as (

    select * from {{ ref('seg_lifecycle') }}

),

placed as (

    select
        customers.customer_id,
        pyramid.sales_rank,
        tiers.tier_code,
        tiers.tier_name,
        tiers.tier_name_zh,
        rfm.r_score,
        rfm.f_score,
        rfm.m_score,
        rfm.rfm_code,
        rfm.segment_code,
        rfm.segment_name,
        rfm.segment_name_zh,
        rfm.type_code,
        rfm.type_name,
        rfm.type_name_zh,
        quadrants.quadrant_code,
        quadrants.quadrant_name,
        quadrants.quadrant_name_zh,
        quadrants.price_sensitivity_index,
        lives.stage_code,
        lives.stage_name,
        lives.stage_name_zh,
        lives.highest_stage_code,
        lives.activity_status,
        lives.activity_name,
        lives.activity_name_zh,
        coalesce(rfm.action, lives.action) as action,
        coalesce(rfm.action_zh, lives.action_zh) as action_zh

    from customers
    left join pyramid on customers.customer_id = pyramid.customer_id
    -- Who is not ranked is in the tier that no cut ends.
    left join tiers
        on pyramid.tier_code = tiers.tier_code
        or (pyramid.tier_code is null and tiers.cumulative_share is null)
    left join rfm on customers.customer_id = rfm.customer_id
    left join quadrants on customers.customer_id = quadrants.customer_id
    left join lives on customers.customer_id = lives.customer_id

)

select * from placed
