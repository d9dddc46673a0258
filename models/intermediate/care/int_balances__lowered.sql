-- Days on which the stored value of a card fell below the limit, told back from the
-- latest balance.
with

cards as (

    select * from {{ ref('dim_cards') }}
    where customer_id is not null

),

days as (

    select
        card_id,
        occurred_on,
        sum(coalesce(stored_value_amount, 0)) as moved_amount

    from {{ ref('fct_card_movements') }}
    group by
        card_id,
        occurred_on

),

balances as (

    select
        card_id,
        max(balanced_on) as balanced_on,
        max_by(stored_value_amount, balanced_on) as balance_amount

    from {{ ref('fct_card_balances') }}
    where stored_value_amount is not null
    group by card_id

),

-- A balance is that of the end of its day; without one all movements are known.
anchored as (

    select
        days.card_id,
        days.occurred_on,
        days.moved_amount,
        coalesce(balances.balance_amount, 0) + sum(
            case
                when days.occurred_on > balances.balanced_on then days.moved_amount
                when balances.balanced_on is null then days.moved_amount
                else 0
            end
        ) over (partition by days.card_id) - coalesce(sum(days.moved_amount) over (
            partition by days.card_id
            order by days.occurred_on desc nulls last
            rows between unbounded preceding and 1 preceding
        ), 0) as closing_amount

    from days
    left join balances on days.card_id = balances.card_id

),

lowered as (

    select
        cards.customer_id,
        anchored.card_id,
        anchored.occurred_on as event_on,
        cast(anchored.closing_amount as decimal(18, 4)) as balance_amount

    from anchored
    inner join cards on anchored.card_id = cards.card_id
    inner join {{ ref('rule_customer_events') }} as events
        on
        events.event_code = 'balance_low'
        and anchored.closing_amount < events.limit_amount
        and anchored.closing_amount - anchored.moved_amount >= events.limit_amount

)

select * from lowered
