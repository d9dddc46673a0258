-- Stored value and points as they moved, after what each card held before the first
-- movement of all: its last balance struck before. A movement of 0 is none.
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

    select
        balances.card_id,
        max(balances.balanced_on) as opened_on

    from balances
    cross join started
    where balances.balanced_on < started.first_moved_on
    group by balances.card_id

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
    inner join opened
        on balances.card_id = opened.card_id
        and balances.balanced_on = opened.opened_on
    where balances.{{ amount }} != 0
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from flows
