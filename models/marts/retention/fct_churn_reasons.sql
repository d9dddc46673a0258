-- 分析流失原因: what the data knows of each loss that may have been its reason.
{% set cooling_days = crm_warehouse.checked_integer('cooling_days', 1, 36500) -%}
{% set signal_days = crm_warehouse.checked_integer('churn_signal_days', 1, 3660) -%}
with

lapses as (

    select * from {{ ref('int_customer_lapses__dated') }}

),

signals as (

    select * from {{ ref('int_churn_signals__found') }}

),

rules as (

    select * from {{ ref('rule_churn_signals') }}

),

silences as (

    select signal_code
    from rules
    where not is_signal

),

-- A loss without any sign keeps a row, so that losses can be counted.
reasons as (

    select
        lapses.*,
        coalesce(signals.signal_code, silences.signal_code) as signal_code,
        signals.first_signal_on,
        signals.last_signal_on,
        coalesce(signals.signal_count, 0) as signal_count,
        signals.signal_amount,
        signals.lost_points

    from lapses
    cross join silences
    left join signals
        on lapses.customer_id = signals.customer_id
        and lapses.lapsed_on = signals.lapsed_on

),

told as (

    select
        reasons.customer_id,
        reasons.lapsed_on,
        reasons.signal_code,
        rules.signal_name,
        rules.signal_name_zh,
        rules.action,
        rules.action_zh,
        reasons.last_purchase_on,
        reasons.signals_start_on,
        reasons.first_signal_on,
        reasons.last_signal_on,
        {{ crm_warehouse.days_between(
            'reasons.last_signal_on', 'reasons.lapsed_on'
        ) }} as days_before_loss,
        reasons.signal_count,
        reasons.signal_amount,
        reasons.lost_points,
        reasons.came_back_on,
        cast({{ signal_days }} as integer) as churn_signal_days,
        cast({{ cooling_days }} as integer) as cooling_days,
        reasons.as_of_on

    from reasons
    inner join rules on reasons.signal_code = rules.signal_code

)

select * from told
