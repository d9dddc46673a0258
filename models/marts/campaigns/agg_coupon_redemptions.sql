-- 促销力度、成本: what became of coupons, and on which tickets they were used.
with

coupons as (

    select * from {{ ref('int_coupons__summed') }}

),

redemptions as (

    select * from {{ ref('int_redemptions__summed') }}

),

told as (
    select max(as_of_on) as as_of_on from {{ ref('fct_customers') }}
),

reached as (

    select
        campaign_id,
        treatment_assigned_count as reached_customer_count
    from {{ ref('int_assignments__summed') }}

),

scopes as (

    select
        scope_code,
        campaign_id
    from coupons
    union distinct
    select
        scope_code,
        campaign_id
    from redemptions

),

united as (

    select
        scopes.scope_code,
        scopes.campaign_id,
        campaigns.campaign_name,
        coupons.coupon_count,
        coupons.redeemed_coupon_count,
        {{ crm_warehouse.safe_ratio(
            'coupons.redeemed_coupon_count', 'coupons.coupon_count'
        ) }} as redeemed_coupon_rate,
        coupons.personal_coupon_count,
        {{ crm_warehouse.safe_ratio(
            'coupons.personal_redeemed_coupon_count', 'coupons.personal_coupon_count'
        ) }} as personal_redeemed_coupon_rate,
        coupons.expired_coupon_count,
        coupons.open_coupon_count,
        coupons.face_amount,
        coupons.open_face_amount,
        {{ crm_warehouse.safe_ratio(
            'coupons.redemption_days', 'coupons.redemption_days_count'
        ) }} as average_redemption_days,
        {% set nothing = 'coupons.redeemed_coupon_count * 0' -%}
        {% for name in ('redemption', 'redeemer', 'ticket') -%}
        coalesce(redemptions.{{ name }}_count, {{ nothing }}) as {{ name }}_count,
        {% endfor -%}
        reached.reached_customer_count,
        {{ crm_warehouse.safe_ratio(
            'coalesce(redemptions.reached_redeemer_count, ' ~ nothing ~ ')',
            'reached.reached_customer_count'
        ) }} as reached_redeemer_rate,
        redemptions.discount_amount,
        redemptions.ticket_net_sales_amount,
        {{ crm_warehouse.safe_ratio(
            'redemptions.ticket_net_sales_amount', 'redemptions.ticket_count'
        ) }} as average_ticket_net_sales,
        redemptions.outside_validity_count,
        redemptions.first_redeemed_on,
        redemptions.last_redeemed_on,
        told.as_of_on
    from scopes
    cross join told
    left join coupons
        on scopes.scope_code = coupons.scope_code
        and scopes.campaign_id = coupons.campaign_id
    left join redemptions
        on scopes.scope_code = redemptions.scope_code
        and scopes.campaign_id = redemptions.campaign_id
    left join reached
        on scopes.scope_code = 'campaign'
        and scopes.campaign_id = reached.campaign_id
    left join {{ ref('dim_campaigns') }} as campaigns
        on scopes.scope_code = 'campaign'
        and scopes.campaign_id = campaigns.campaign_id

)

select * from united
