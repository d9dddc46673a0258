-- Every lead of fct_leads is one journey; what customers bought and brought back from
-- their first conversion on, or from when that lead came in, stands on exactly one.
with

journeys as (

    select * from {{ ref('fct_lead_journeys') }}

),

leads as (

    select * from {{ ref('fct_leads') }}

),

conversions as (

    select
        customer_id,
        min(greatest(created_on, converted_on)) as followed_on

    from leads
    where is_converted and customer_id is not null and converted_on is not null
    group by customer_id

),

bought as (

    select
        coalesce(sum(days.net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(days.return_amount), 0) as return_amount

    from conversions
    inner join {{ ref('fct_customer_days') }} as days
        on conversions.customer_id = days.customer_id
        and conversions.followed_on <= days.sold_on

),

told as (

    select
        count(*) as lead_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        coalesce(sum(return_amount), 0) as return_amount,
        count(*) filter (where days_to_order < 0) as early_count

    from journeys

),

listed as (

    select count(*) as lead_count from leads

)

select told.*

from told
cross join bought
cross join listed
where
    told.lead_count != listed.lead_count
    or told.net_sales_amount != bought.net_sales_amount
    or told.return_amount != bought.return_amount
    or told.early_count > 0
