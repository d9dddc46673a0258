-- Each month opens as the one before closed, and closes with what moved; all movements
-- are those of the ledger from the first day told on; what is owed less what is
-- overdrawn is the closing balance.
with

months as (

    select
        *,
        lag(closing_balance) over (
            partition by unit_code order by calendar_month asc
        ) as previous_balance

    from {{ ref('agg_stored_value') }}

),

uneven as (

    select
        unit_code,
        calendar_month

    from months
    where
        opening_balance != previous_balance
        or opening_balance + loaded + refunded + spent + expired + adjusted
        != closing_balance
        or abs(
            liability_amount - overdrawn_amount
            - closing_balance * cast(unit_value_amount as decimal(9, 6))
        ) > 0.0001

),

moved as (

    select
        unit_code,
        sum(closing_balance - opening_balance) as moved

    from months
    group by unit_code

),

ledger as (

    select
        sum(stored_value_amount) as stored_value,
        sum(points) as points

    from {{ ref('fct_card_movements') }}
    where occurred_on >= (select min(days.date_on) from {{ ref('dim_dates') }} as days)

),

unlike as (

    select
        moved.unit_code,
        cast(null as date) as calendar_month

    from moved
    cross join ledger
    where
        moved.moved is distinct from
        case moved.unit_code
            when 'points' then ledger.points
            else ledger.stored_value
        end

)

select * from uneven

union all

select * from unlike
