{% set measures = [
    'visitor_count', 'lead_count', 'ticket_count', 'buyer_count',
    'net_sales_amount', 'return_count', 'return_amount', 'conversion_rate',
    'basket_amount', 'units_per_ticket', 'new_customer_count',
    'active_customer_count', 'margin_rate'
] -%}
with

periods as (

    select * from {{ ref('int_metric_periods__compared') }}

),

slice as (

    select
        scope_id,
        scope_code,
        store_id,
        scope_name,
        scope_name_zh,
        period_start_on as metric_month,
        {{ month_end('period_start_on') }} <= as_of_on as is_complete_month,
        day_count,
        counted_day_count,
        {% for name in measures -%}
        {{ name }},
        {% endfor -%}
        margin_amount,
        margin_known_sales_amount,
        unit_count,
        identified_ticket_count,
        identified_unit_count,
        identified_net_sales_amount,
        counted_ticket_count,
        counted_unit_count,
        counted_net_sales_amount,
        {% for name in measures -%}
        previous_{{ name }},
        year_before_{{ name }},
        {% endfor -%}
        as_of_on

    from periods
    where period_code = 'month'

)

select * from slice
