-- Over the values of each attribute, those kept back included: customers and net sales.
with

profiles as (

    select * from {{ ref('agg_segment_profiles') }}

),

pyramid as (

    select * from {{ ref('seg_pyramid') }}

),

parts as (

    select
        scheme_code,
        segment_code,
        attribute_code,
        segment_customer_count,
        sum(customer_count) as customer_count,
        sum(net_sales_amount) as net_sales_amount

    from profiles
    group by scheme_code, segment_code, attribute_code, segment_customer_count

),

tiers as (

    select
        tier_code,
        count(*) as customer_count,
        sum(net_sales_amount) as net_sales_amount

    from pyramid
    group by tier_code

)

select
    parts.*,
    tiers.customer_count as tier_customer_count,
    tiers.net_sales_amount as tier_net_sales_amount

from parts
left join tiers
    on parts.scheme_code = 'tier'
    and parts.segment_code = tiers.tier_code
where
    parts.customer_count != parts.segment_customer_count
    or parts.customer_count != tiers.customer_count
    or parts.net_sales_amount != tiers.net_sales_amount
