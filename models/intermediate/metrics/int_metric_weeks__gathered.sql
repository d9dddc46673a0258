-- Each whole week of the window beside each of the weeks before it, in order of value.
{% set metrics = {
    'visitors': ['visitor_count', 'null', 'null'],
    'leads': ['lead_count', 'null', 'null'],
    'tickets': ['ticket_count', 'null', 'null'],
    'net_sales': ['net_sales_amount', 'null', 'null'],
    'buyers': ['buyer_count', 'null', 'null'],
    'conversion': ['conversion_rate', 'counted_ticket_count', 'visitor_count'],
    'basket': ['basket_amount', 'null', 'ticket_count'],
    'returns': [
        safe_ratio('return_count', 'ticket_count'), 'return_count', 'ticket_count'
    ]
} -%}
with

weeks as (

    select * from {{ ref('int_metric_periods__compared') }}
    where period_code = 'week' and day_count = 7

),

windows as (

    select max(window_start_on) as window_start_on
    from {{ ref('fct_customers') }}

),

series as (

    {% for metric_code, (value, top, bottom) in metrics.items() -%}
    select
        scope_id,
        period_start_on as week_start_on,
        '{{ metric_code }}' as metric_code,
        cast({{ value }} as decimal(18, 6)) as metric_value,
        cast({{ top }} as bigint) as top_count,
        cast({{ bottom }} as bigint) as bottom_count

    from weeks
    where {{ value }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

pairs as (

    select
        series.*,
        earlier.week_start_on as earlier_start_on,
        earlier.metric_value as earlier_value,
        earlier.top_count as earlier_top_count,
        earlier.bottom_count as earlier_bottom_count,
        cast(row_number() over (
            partition by series.scope_id, series.metric_code, series.week_start_on
            order by
                earlier.metric_value asc nulls last,
                earlier.week_start_on asc nulls last
        ) as bigint) as value_rank,
        count(*) over (
            partition by series.scope_id, series.metric_code, series.week_start_on
        ) as week_count

    from series
    cross join windows
    inner join {{ ref('rule_metric_anomalies') }} as rules
        on series.metric_code = rules.metric_code
    inner join series as earlier
        on series.scope_id = earlier.scope_id
        and series.metric_code = earlier.metric_code
        and series.week_start_on > earlier.week_start_on
        and {{ crm_warehouse.days_between(
            'earlier.week_start_on', 'series.week_start_on'
        ) }} <= rules.earlier_week_count * 7
    where series.week_start_on >= windows.window_start_on

)

select * from pairs
