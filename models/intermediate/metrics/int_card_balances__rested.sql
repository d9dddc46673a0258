-- What lies at each month end on cards that have not moved for a long time.
with

flows as (

    select * from {{ ref('int_card_flows__united') }}

),

month_ends as (

    select * from {{ ref('int_month_ends__told') }}

),

days as (

    select
        unit_code,
        card_id,
        moved_on,
        sum(moved) as moved

    from flows
    group by unit_code, card_id, moved_on

),

rests as (

    select
        unit_code,
        card_id,
        {{ crm_warehouse.date_add_days(
            'moved_on', crm_warehouse.checked_integer('dormant_days', 1, 9999)
        ) }} as dormant_from_on,
        lead(moved_on) over in_time as next_moved_on,
        cast(sum(moved) over (
            partition by unit_code, card_id
            order by moved_on asc
            rows between unbounded preceding and current row
        ) as decimal(24, 6)) as balance

    from days
    window in_time as (partition by unit_code, card_id order by moved_on asc)

),

rested as (

    select
        rests.unit_code,
        month_ends.told_on,
        cast(sum(rests.balance) as decimal(24, 6)) as dormant_balance,
        count(*) as dormant_card_count

    from rests
    inner join month_ends
        on rests.dormant_from_on <= month_ends.told_on
        and coalesce(rests.next_moved_on > month_ends.told_on, true)
    where rests.balance != 0
    group by rests.unit_code, month_ends.told_on

)

select * from rested
