-- Moves between tiers of the pyramid from one month end to the next, and to the as-of
-- day.
{% set event_days = crm_warehouse.checked_integer('customer_event_days', 1, 3660) -%}
with

standings as (

    select * from {{ ref('fct_customer_standings') }}

),

as_of as (

    select max(as_of_on) as as_of_on
    from standings

),

orders as (

    select
        tier_code,
        max(tier_order) as tier_order

    from {{ ref('rule_pyramid_tiers') }}
    group by tier_code

),

-- One month end more than the events span, to move from.
told as (

    select
        months.customer_id,
        months.month_end_on as told_on,
        months.tier_code

    from {{ ref('fct_customer_months') }} as months
    cross join as_of
    where
        months.month_end_on < as_of.as_of_on
        and {{ crm_warehouse.days_between('months.month_end_on', 'as_of.as_of_on') }}
        < {{ event_days + 31 }}

    union all

    select
        customer_id,
        as_of_on as told_on,
        tier_code

    from standings

),

stepped as (

    select
        told.customer_id,
        told.told_on,
        told.tier_code,
        orders.tier_order,
        lag(told.tier_code) over (
            partition by told.customer_id order by told.told_on asc nulls last
        ) as tier_code_before,
        lag(orders.tier_order) over (
            partition by told.customer_id order by told.told_on asc nulls last
        ) as tier_order_before

    from told
    inner join orders on told.tier_code = orders.tier_code

),

moved as (

    select
        customer_id,
        told_on as event_on,
        case
            when tier_order < tier_order_before then 'tier_up'
            else 'tier_down'
        end as event_code,
        tier_code_before,
        tier_code

    from stepped
    where tier_order != tier_order_before

)

select * from moved
