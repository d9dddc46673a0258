-- The same sums for days, weeks and months. Returns are unknown, not 0, where none was
-- ever recorded.
{% set measures = {
    'visitor_count': 'bigint', 'counted_ticket_count': 'bigint',
    'counted_unit_count': 'decimal(18, 6)', 'counted_net_sales_amount': 'decimal(18, 4)',
    'lead_count': 'bigint', 'ticket_count': 'bigint',
    'identified_ticket_count': 'bigint', 'return_count': 'bigint',
    'net_sales_amount': 'decimal(18, 4)',
    'identified_net_sales_amount': 'decimal(18, 4)', 'return_amount': 'decimal(18, 4)',
    'unit_count': 'decimal(18, 6)', 'identified_unit_count': 'decimal(18, 6)',
    'margin_amount': 'decimal(18, 4)', 'margin_known_sales_amount': 'decimal(18, 4)',
    'new_customer_count': 'bigint',
} -%}
{% set starts = {
    'day': 'day_on',
    'week': "cast(date_trunc('week', day_on) as date)",
    'month': crm_warehouse.month_start('day_on'),
} -%}
with

scope_days as (

    select * from {{ ref('int_scope_days__measured') }}

),

buyer_days as (

    select * from {{ ref('int_buyer_days__counted') }}

),

recorded as (

    select max(return_count) > 0 as has_returns from scope_days

),

days as (

    select
        scope_days.*,
        recorded.has_returns,
        coalesce(buyers.buyer_count, 0) as day_buyer_count,
        coalesce(buyers.week_buyer_count, 0) as week_buyer_count,
        coalesce(buyers.month_buyer_count, 0) as month_buyer_count,
        coalesce(buyers.new_customer_count, 0) as new_customer_count,
        sum(coalesce(buyers.active_change, 0)) over (
            partition by scope_days.scope_id
            order by scope_days.day_on asc nulls last
            rows between unbounded preceding and current row
        ) as active_customer_count

    from scope_days
    cross join recorded
    left join buyer_days as buyers
        on scope_days.scope_id = buyers.scope_id
        and scope_days.day_on = buyers.day_on

),

summed as (

    {% for period_code, start in starts.items() -%}
    select
        scope_id,
        store_id,
        '{{ period_code }}' as period_code,
        {{ start }} as period_start_on,
        max(day_on) as period_end_on,
        count(*) as day_count,
        count(visitor_count) as counted_day_count,
        {% for name, type in measures.items() -%}
        cast(
            sum({{ name }}) {{ 'filter (where has_returns)' if 'return' in name }}
            as {{ type }}
        ) as {{ name }},
        {% endfor -%}
        cast(sum({{ period_code }}_buyer_count) as bigint) as buyer_count,
        cast(max_by(active_customer_count, day_on) as bigint) as active_customer_count

    from days
    group by scope_id, store_id, {{ start }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from summed
