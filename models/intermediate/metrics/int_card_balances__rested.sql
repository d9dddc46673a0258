-- What lies at each month end on cards that have not moved for a long time, and what is
-- lacking on cards that are overdrawn.
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
        moved_on as overdrawn_from_on,
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

spans as (

    {% for kind, condition in (('dormant', '!= 0'), ('overdrawn', '< 0')) -%}
    select
        unit_code,
        '{{ kind }}' as kind_code,
        {{ kind }}_from_on as from_on,
        next_moved_on,
        balance
    from rests
    where balance {{ condition }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

rested as (

    select
        {% for kind in ('dormant', 'overdrawn') -%}
        cast(
            sum(case when spans.kind_code = '{{ kind }}' then spans.balance else 0 end)
            as decimal(24, 6)
        ) as {{ kind }}_balance,
        count(*) filter (where spans.kind_code = '{{ kind }}') as {{ kind }}_card_count,
        {% endfor -%}
        spans.unit_code,
        month_ends.told_on

    from spans
    inner join month_ends
        on spans.from_on <= month_ends.told_on
        and coalesce(spans.next_moved_on > month_ends.told_on, true)
    group by spans.unit_code, month_ends.told_on

)

select * from rested
