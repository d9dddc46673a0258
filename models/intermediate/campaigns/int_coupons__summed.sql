-- Coupons handed out, by campaign and in all: redeemed, expired, still open.
with

told as (

    select max(as_of_on) as as_of_on from {{ ref('fct_customers') }}

),

redeemed as (

    select
        coupon_id,
        min(redeemed_on) as first_redeemed_on

    from {{ ref('fct_coupon_redemptions') }}
    group by coupon_id

),

seen as (

    select count(*) as redeemed_count from redeemed

),

judged as (

    select
        coalesce(coupons.campaign_id, 'none') as own_campaign_id,
        coupons.campaign_id is null as is_without_campaign,
        coupons.is_personal,
        coupons.face_amount,
        seen.redeemed_count,
        redeemed.coupon_id is not null as is_redeemed,
        redeemed.coupon_id is null
        and coalesce(coupons.valid_to_on < told.as_of_on, false) as is_expired,
        case
            when
                redeemed.first_redeemed_on
                >= greatest(coupons.issued_on, coupons.valid_from_on)
                then {{ crm_warehouse.days_between(
                'coalesce(coupons.issued_on, coupons.valid_from_on)',
                'redeemed.first_redeemed_on'
            ) }}
        end as redemption_days

    from {{ ref('dim_coupons') }} as coupons
    cross join told
    cross join seen
    left join redeemed on coupons.coupon_id = redeemed.coupon_id
    where coupons.is_known

),

summed as (

    select
        case
            when grouping(own_campaign_id) = 1 then 'all'
            when is_without_campaign then 'none'
            else 'campaign'
        end as scope_code,
        case when grouping(own_campaign_id) = 1 then 'all' else own_campaign_id end
            as campaign_id,
        cast(count(*) as bigint) as coupon_count,
        count(*) filter (where is_personal) as personal_coupon_count,
        {# without any redemption nobody knows which coupons were used #}
        {% for name, condition in (
            ('redeemed', 'is_redeemed'),
            ('personal_redeemed', 'is_personal and is_redeemed'),
            ('expired', 'is_expired'),
            ('open', 'not is_redeemed and not is_expired'),
        ) -%}
        case
            when max(redeemed_count) > 0 then count(*) filter (where {{ condition }})
        end as {{ name }}_coupon_count,
        {% endfor -%}
        cast(sum(face_amount) as decimal(18, 4)) as face_amount,
        cast(
            sum(face_amount) filter (
                where redeemed_count > 0 and not is_redeemed and not is_expired
            ) as decimal(18, 4)
        ) as open_face_amount,
        cast(sum(redemption_days) as bigint) as redemption_days,
        count(redemption_days) as redemption_days_count

    from judged
    group by grouping sets ((own_campaign_id, is_without_campaign), ())
    having count(*) > 0

)

select * from summed
