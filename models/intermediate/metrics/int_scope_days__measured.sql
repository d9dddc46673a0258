-- Every day of the company and of each store from its first one on, without a gap. What
-- is counted_... is of the days and stores that counted visitors.
{% set exact = {'units': 'decimal(18, 6)', 'money': 'decimal(18, 4)'} -%}
{% set happened = {
    'ticket_count': 'bigint', 'identified_ticket_count': 'bigint',
    'return_count': 'bigint', 'net_sales_amount': exact.money,
    'identified_net_sales_amount': exact.money, 'return_amount': exact.money
} -%}
{% set of_lines = {
    'unit_count': exact.units, 'identified_unit_count': exact.units,
    'margin_amount': exact.money, 'margin_known_sales_amount': exact.money
} -%}
{% set counted = {'ticket_count': 'bigint', 'unit_count': exact.units,
    'net_sales_amount': exact.money} -%}
with

scope_days as (

    {% for columns in (
        "'company' as scope_id, cast(null as string) as store_id, day_on",
        "coalesce('store:' || store_id, 'no_store') as scope_id, store_id, day_on"
    ) -%}
    select
        {{ columns }},
        {% for name, type in counted.items() -%}
        cast(sum({{ name }}) filter (where visitor_count is not null) as {{ type }})
            as counted_{{ name }},
        {% endfor -%}
        {% for name, type in (happened.items() | list) + (of_lines.items() | list) -%}
        cast(sum({{ name }}) as {{ type }}) as {{ name }},
        {% endfor -%}
        cast(sum(visitor_count) as bigint) as visitor_count
    from {{ ref('fct_store_days') }}
    group by all
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

spans as (

    select
        scope_days.scope_id,
        scope_days.store_id,
        min(scope_days.day_on) as first_on,
        greatest(
            max(scope_days.day_on), coalesce(max(stores.closed_on), date '9999-12-31')
        ) as last_on
    from scope_days
    left join {{ ref('dim_stores') }} as stores
        on scope_days.store_id = stores.store_id
    group by scope_days.scope_id, scope_days.store_id

),

leads as (

    select
        created_on,
        count(*) as lead_count
    from {{ ref('fct_leads') }}
    group by created_on

),

measured as (

    select
        spans.scope_id,
        spans.store_id,
        dates.date_on as day_on,
        case
            when
                spans.scope_id = 'company'
                and dates.date_on
                >= min(leads.created_on) over (partition by spans.scope_id)
                then coalesce(leads.lead_count, 0)
        end as lead_count,
        {% for name, type in happened.items() -%}
        cast(coalesce(days.{{ name }}, 0) as {{ type }}) as {{ name }},
        {% endfor -%}
        {% for name in (of_lines | list) -%}
        days.{{ name }},
        {% endfor -%}
        {% for name in counted -%}
        days.counted_{{ name }},
        {% endfor -%}
        days.visitor_count
    from spans
    inner join {{ ref('dim_dates') }} as dates
        on spans.first_on <= dates.date_on
        and spans.last_on >= dates.date_on
    left join scope_days as days
        on spans.scope_id = days.scope_id
        and dates.date_on = days.day_on
    left join leads on dates.date_on = leads.created_on
    where dates.is_told

)

select * from measured
