-- Each once, with the net sales of the ledger, and in tiers and segments as large as
-- their marts say.
with

customers as (

    select * from {{ ref('seg_customers') }}

),

facts as (

    select * from {{ ref('fct_customers') }}

),

tiers as (

    select * from {{ ref('agg_pyramid_tiers') }}

),

segments as (

    select * from {{ ref('agg_rfm_segments') }}

),

ours as (

    select
        'all' as group_code,
        count(*) as customer_count,
        sum(window_net_sales_amount) as net_sales_amount
    from customers
    union all
    select
        'tier ' || tier_code as group_code,
        count(*) as customer_count,
        sum(window_net_sales_amount) as net_sales_amount
    from customers
    group by tier_code
    union all
    select
        'segment ' || segment_code as group_code,
        count(*) as customer_count,
        sum(window_net_sales_amount) as net_sales_amount
    from customers
    where segment_code is not null
    group by segment_code

),

theirs as (

    select
        'all' as group_code,
        count(*) as customer_count,
        sum(window_net_sales_amount) as net_sales_amount
    from facts
    union all
    select
        'tier ' || tier_code as group_code,
        customer_count,
        net_sales_amount
    from tiers
    where customer_count > 0
    union all
    select
        'segment ' || segment_code as group_code,
        customer_count,
        net_sales_amount
    from segments
    where customer_count > 0

)

select
    coalesce(ours.group_code, theirs.group_code) as group_code,
    ours.customer_count,
    theirs.customer_count as expected_customer_count,
    ours.net_sales_amount,
    theirs.net_sales_amount as expected_net_sales_amount

from ours
full outer join theirs on ours.group_code = theirs.group_code
where
    ours.customer_count is distinct from theirs.customer_count
    or ours.net_sales_amount is distinct from theirs.net_sales_amount
