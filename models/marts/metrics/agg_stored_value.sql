-- Source: 儲值卡、積分. Opening and the movements of a month are its closing, exactly.
with

closed as (

    select * from {{ ref('int_stored_values__closed') }}
    where first_moved_on <= told_on

),

rested as (

    select * from {{ ref('int_card_balances__rested') }}

),

-- As the retailer's own books tell it on the same day.
struck as (

    {% for unit in ('stored_value', 'points') -%}
    select
        '{{ unit }}' as unit_code,
        balanced_on,
        cast(
            sum({{ unit if unit == 'points' else unit ~ '_amount' }}) as decimal(24, 6)
        ) as struck_balance

    from {{ ref('fct_card_balances') }}
    group by balanced_on
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

told as (

    select
        closed.unit_code,
        closed.calendar_month,
        units.unit_name,
        units.unit_name_zh,
        closed.is_complete_month,
        cast(
            closed.closing_balance
            - (
                closed.loaded + closed.refunded + closed.spent
                + closed.expired + closed.adjusted
            ) as decimal(24, 6)
        ) as opening_balance,
        closed.loaded,
        closed.refunded,
        closed.spent,
        closed.expired,
        closed.adjusted,
        closed.movement_count,
        closed.closing_balance,
        struck.struck_balance,
        cast(closed.closing_balance - struck.struck_balance as decimal(24, 6))
            as unexplained_balance,
        cast(coalesce(rested.dormant_balance, 0) as decimal(24, 6)) as dormant_balance,
        coalesce(rested.dormant_card_count, 0) as dormant_card_count,
        {{ crm_warehouse.safe_ratio(
            'coalesce(rested.dormant_balance, 0)', 'closed.closing_balance'
        ) }} as dormant_share,
        {% set held = {'liability': 'closed.closing_balance', 'overdrawn': '0'} -%}
        {% for name, balance in held.items() -%}
        cast(
            ({{ balance }} - coalesce(rested.overdrawn_balance, 0))
            * cast(units.unit_value_amount as decimal(9, 6)) as decimal(18, 4)
        ) as {{ name }}_amount,
        {% endfor -%}
        coalesce(rested.overdrawn_card_count, 0) as overdrawn_card_count,
        cast(
            -closed.expired * cast(units.unit_value_amount as decimal(9, 6))
            as decimal(18, 4)
        ) as breakage_amount,
        {{ crm_warehouse.safe_ratio(
            '-closed.expired_to_date', 'closed.filled_to_date'
        ) }} as breakage_rate,
        units.unit_value_amount,
        cast({{ crm_warehouse.checked_integer('dormant_days', 1, 9999) }} as integer)
            as dormant_days,
        units.action,
        units.action_zh,
        closed.told_on,
        max(closed.told_on) over () as as_of_on

    from closed
    inner join {{ ref('rule_stored_values') }} as units
        on closed.unit_code = units.unit_code
    left join rested
        on closed.unit_code = rested.unit_code
        and closed.told_on = rested.told_on
    left join struck
        on closed.unit_code = struck.unit_code
        and closed.told_on = struck.balanced_on

)

select * from told
