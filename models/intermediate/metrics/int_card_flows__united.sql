-- Stored value and points as they moved, after what the cards held before the first
-- movement: the last balances struck before it. A movement of 0 is none.
with

movements as (

    select * from {{ ref('fct_card_movements') }}

),

balances as (

    select * from {{ ref('fct_card_balances') }}

),

started as (

    select min(occurred_on) as first_moved_on from movements

),

opened as (

    select max(balances.balanced_on) as opened_on

    from balances
    cross join started
    where balances.balanced_on < started.first_moved_on

),

flows as (

    {% for unit in ('stored_value', 'points') -%}
    {% set amount = unit if unit == 'points' else unit ~ '_amount' -%}
    select
        '{{ unit }}' as unit_code,
        movement_id as flow_id,
        card_id,
        occurred_on as moved_on,
        movement_type,
        cast({{ amount }} as decimal(18, 6)) as moved

    from movements
    where {{ amount }} != 0

    union all

    select
        '{{ unit }}' as unit_code,
        balances.card_id as flow_id,
        balances.card_id,
        opened.opened_on as moved_on,
        'opening' as movement_type,
        cast(balances.{{ amount }} as decimal(18, 6)) as moved

    from balances
    inner join opened on balances.balanced_on = opened.opened_on
    where balances.{{ amount }} != 0
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from flows
