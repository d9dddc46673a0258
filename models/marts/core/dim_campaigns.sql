with

told as (

    select * from {{ ref('int_as_of') }}

),

campaigns as (

    select * from {{ ref('stg_crm__campaigns') }}

),

-- A campaign that only its events name is there too, so that they find their row.
named as (

    select campaign_id from {{ ref('fct_campaign_contacts') }}
    union distinct
    select campaign_id from {{ ref('fct_campaign_responses') }}
    union distinct
    select campaign_id
    from {{ ref('dim_coupons') }}
    where campaign_id is not null
    union distinct
    select campaign_id
    from {{ ref('fct_coupon_redemptions') }}
    where campaign_id is not null

),

united as (

    select
        coalesce(campaigns.campaign_id, named.campaign_id) as campaign_id,
        campaigns.campaign_name,
        campaigns.campaign_type,
        campaigns.channel,
        campaigns.started_on,
        campaigns.ended_on,
        campaigns.budget_amount,
        campaigns.cost_amount,
        campaigns.planned_treatment_share,
        campaigns.campaign_id is not null as is_known

    from campaigns
    full outer join named on campaigns.campaign_id = named.campaign_id
    cross join told
    where
        named.campaign_id is not null
        or coalesce(campaigns.started_on, told.as_of_on) <= told.as_of_on

)

select * from united
