-- A customer whom silence has lost by the as-of day has exactly one open loss, with
-- signs or one row that says there are none; who is not lost has none.
{% set cooling_days = crm_warehouse.checked_integer('cooling_days', 1, 36500) -%}
with

reasons as (

    select * from {{ ref('fct_churn_reasons') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

rules as (

    select * from {{ ref('rule_churn_signals') }}

),

losses as (

    select
        reasons.customer_id,
        reasons.lapsed_on,
        reasons.came_back_on,
        count(*) filter (where rules.is_signal) as signal_count,
        count(*) filter (where not rules.is_signal) as silence_count

    from reasons
    inner join rules on reasons.signal_code = rules.signal_code
    group by
        reasons.customer_id,
        reasons.lapsed_on,
        reasons.came_back_on

),

open_losses as (

    select
        customers.customer_id,
        max(case
            when customers.recency_days > {{ cooling_days }} then 1 else 0
        end) as expected_count,
        count(losses.lapsed_on) as open_count

    from customers
    left join losses
        on customers.customer_id = losses.customer_id
        and losses.came_back_on is null
    group by customers.customer_id

)

select
    customer_id,
    'signs and silence' as fault

from losses
where
    signal_count > 0 and silence_count > 0
    or signal_count = 0 and silence_count != 1

union all

select
    customer_id,
    'open losses' as fault

from open_losses
where expected_count != open_count
