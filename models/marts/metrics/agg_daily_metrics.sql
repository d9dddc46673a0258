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
        period_start_on as day_on,
        {% for name in measures -%}
        {{ name }},
        {% endfor -%}
        {% for name in measures -%}
        previous_{{ name }},
        year_before_{{ name }},
        {% endfor -%}
        as_of_on

    from periods
    where period_code = 'day'

)

select * from slice
