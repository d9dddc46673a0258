-- Redemptions by campaign and in all. A ticket with two coupons is one ticket.
with

reached as (

    select distinct
        campaign_id,
        customer_id

    from {{ ref('int_assignments__measured') }}
    where not is_control

),

redemptions as (

    select
        redemptions.*,
        coalesce(redemptions.campaign_id, 'none') as own_campaign_id,
        redemptions.campaign_id is null as is_without_campaign,
        reached.customer_id as reached_customer_id,
        redemptions.redeemed_on < coupons.valid_from_on
        or redemptions.redeemed_on > coupons.valid_to_on as is_outside_validity,
        row_number() over (
            partition by redemptions.transaction_id
            order by redemptions.redemption_id asc nulls last
        ) as order_in_ticket,
        row_number() over (
            partition by redemptions.transaction_id, redemptions.campaign_id
            order by redemptions.redemption_id asc nulls last
        ) as order_in_campaign

    from {{ ref('fct_coupon_redemptions') }} as redemptions
    left join {{ ref('dim_coupons') }} as coupons
        on redemptions.coupon_id = coupons.coupon_id
    left join reached
        on redemptions.campaign_id = reached.campaign_id
        and redemptions.customer_id = reached.customer_id

),

summed as (

    select
        grouping(own_campaign_id) = 1 as is_whole,
        is_without_campaign,
        own_campaign_id,
        cast(count(*) as bigint) as redemption_count,
        cast(count(distinct customer_id) as bigint) as redeemer_count,
        cast(count(distinct reached_customer_id) as bigint) as reached_redeemer_count,
        cast(sum(discount_amount) as decimal(18, 4)) as discount_amount,
        count(*) filter (where is_outside_validity) as outside_validity_count,
        {% for scope, order in (
            ('whole', 'order_in_ticket'), ('campaign', 'order_in_campaign')
        ) -%}
        count(ticket_net_sales_amount) filter (where {{ order }} = 1)
            as {{ scope }}_ticket_count,
        cast(
            sum(ticket_net_sales_amount) filter (where {{ order }} = 1)
            as decimal(18, 4)
        ) as {{ scope }}_ticket_net_sales_amount,
        {% endfor -%}
        min(redeemed_on) as first_redeemed_on,
        max(redeemed_on) as last_redeemed_on

    from redemptions
    group by grouping sets ((own_campaign_id, is_without_campaign), ())
    having count(*) > 0

),

scoped as (

    select
        case
            when is_whole then 'all'
            when is_without_campaign then 'none'
            else 'campaign'
        end as scope_code,
        case when is_whole then 'all' else own_campaign_id end as campaign_id,
        redemption_count,
        redeemer_count,
        reached_redeemer_count,
        discount_amount,
        outside_validity_count,
        case when is_whole then whole_ticket_count else campaign_ticket_count end
            as ticket_count,
        case
            when is_whole then whole_ticket_net_sales_amount
            else campaign_ticket_net_sales_amount
        end as ticket_net_sales_amount,
        first_redeemed_on,
        last_redeemed_on

    from summed

)

select * from scoped
