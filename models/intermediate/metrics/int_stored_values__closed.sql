-- What the cards held at the end of each month from the first movement on.
with

months as (

    select * from {{ ref('int_month_ends__told') }}

),

{% set kinds = {'load': 'loaded', 'refund': 'refunded', 'spend': 'spent',
    'expire': 'expired', 'adjust': 'adjusted', 'opening': 'brought_in'} -%}
firsts as (

    select min(calendar_month) as first_month from months

),

-- What moved before the first month told was brought into it.
dated as (

    select
        flows.*,
        greatest(first_month, {{ month_start('moved_on') }}) as calendar_month,
        case when moved_on < first_month then 'opening' else movement_type end
            as kind_code

    from {{ ref('int_card_flows__united') }} as flows
    cross join firsts

),

moved as (

    select
        unit_code,
        calendar_month,
        {%- for kind, name in kinds.items() %}
        coalesce(sum(moved) filter (where kind_code = '{{ kind }}'), 0)
            as {{ name }},
        {%- endfor %}
        sum(moved) as moved,
        count(*) filter (where kind_code != 'opening') as movement_count,
        min(case when movement_type != 'opening' then moved_on end) as first_moved_on

    from dated
    group by unit_code, calendar_month

),

starts as (

    select
        unit_code,
        min(first_moved_on) as first_moved_on

    from moved
    group by unit_code

),

-- A month without movements holds what the one before did.
monthly as (

    select
        starts.*,
        months.calendar_month,
        months.told_on,
        months.is_complete_month,
        {%- for name in kinds.values() %}
        cast(coalesce(moved.{{ name }}, 0) as decimal(24, 6)) as {{ name }},
        {%- endfor %}
        coalesce(moved.movement_count, 0) as movement_count,
        cast(coalesce(moved.moved, 0) as decimal(24, 6)) as moved

    from starts
    cross join months
    left join moved
        on starts.unit_code = moved.unit_code
        and months.calendar_month = moved.calendar_month

),

closed as (

    select
        *,
        cast(sum(moved) over to_date as decimal(24, 6)) as closing_balance,
        cast(sum(loaded + brought_in) over to_date as decimal(24, 6)) as filled_to_date,
        cast(sum(expired) over to_date as decimal(24, 6)) as expired_to_date

    from monthly
    window to_date as (
        partition by unit_code
        order by calendar_month asc
        rows between unbounded preceding and current row
    )

)

select * from closed
