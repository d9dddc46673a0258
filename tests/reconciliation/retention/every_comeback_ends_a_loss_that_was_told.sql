-- Comebacks and losses that ended are the same, and a comeback is a purchase day.
with

winbacks as (

    select * from {{ ref('fct_winbacks') }}

),

losses as (

    select
        customer_id,
        lapsed_on,
        came_back_on

    from {{ ref('fct_churn_reasons') }}
    where came_back_on is not null
    group by
        customer_id,
        lapsed_on,
        came_back_on

),

days as (

    select * from {{ ref('fct_customer_days') }}
    where is_purchase_day

)

select
    coalesce(winbacks.customer_id, losses.customer_id) as customer_id,
    coalesce(winbacks.came_back_on, losses.came_back_on) as came_back_on

from winbacks
full outer join losses
    on winbacks.customer_id = losses.customer_id
    and winbacks.came_back_on = losses.came_back_on
    and winbacks.lapsed_on = losses.lapsed_on
left join days
    on winbacks.customer_id = days.customer_id
    and winbacks.came_back_on = days.sold_on
where
    winbacks.customer_id is null
    or losses.customer_id is null
    or days.net_sales_amount is distinct from winbacks.comeback_net_sales_amount
