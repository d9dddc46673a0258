-- 为什么没有达到销售目标: every store and the company in the last complete month against its
-- target, the driver that weighs most in the miss, and what each brought over the base
-- month: their sum less the growth that was planned is what the target was missed by.
with

drivers as (

    select * from {{ ref('agg_sales_drivers') }}
    where
        comparison_code = 'target'
        and tree_code = 'customers'
        and is_complete_month

),

last_months as (

    select max(metric_month) as metric_month from drivers

)

select
    drivers.metric_month,
    drivers.scope_name,
    drivers.net_sales_amount,
    drivers.compared_amount as target_amount,
    drivers.change_amount,
    drivers.achievement_rate,
    drivers.main_driver_name,
    drivers.main_driver_name_zh,
    drivers.main_driver_action,
    drivers.base_month,
    cast(drivers.change_amount - drivers.plan_effect_amount as decimal(18, 4))
        as base_change_amount,
    drivers.buyers_effect_amount,
    drivers.tickets_per_buyer_effect_amount,
    drivers.units_per_ticket_effect_amount,
    drivers.price_effect_amount,
    drivers.anonymous_effect_amount,
    drivers.plan_effect_amount,
    drivers.undecomposed_amount

from drivers
inner join last_months on drivers.metric_month = last_months.metric_month
order by drivers.change_amount asc nulls last, drivers.scope_id asc nulls last
