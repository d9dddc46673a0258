-- Customer days added up, over all history and in the window.
with

days as (

    select * from {{ ref('fct_customer_days') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

{% set sums = {
    'unit_count': 'decimal(18, 6)', 'net_sales_amount': 'decimal(18, 4)',
    'return_amount': 'decimal(18, 4)', 'discount_amount': 'decimal(18, 4)',
    'margin_amount': 'decimal(18, 4)', 'margin_known_sales_amount': 'decimal(18, 4)',
} -%}
{% set in_window = 'days.sold_on >= told.window_start_on' -%}
bought as (

    select
        days.customer_id,
        min(days.sold_on) filter (where days.is_purchase_day) as first_purchase_on,
        max(days.sold_on) filter (where days.is_purchase_day) as last_purchase_on,
        count(*) filter (where days.is_purchase_day) as purchase_day_count,
        count(*) filter (where days.is_purchase_day and {{ in_window }})
            as window_purchase_day_count,
        {%- for name in ('ticket_count', 'return_count') %}
        cast(sum(days.{{ name }}) as bigint) as {{ name }},
        cast(coalesce(sum(case when {{ in_window }} then days.{{ name }} end), 0) as bigint)
            as window_{{ name }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
        {%- for name, type in sums.items() %},
        cast(sum(days.{{ name }}) as {{ type }}) as {{ name }},
        cast(sum(case when {{ in_window }} then days.{{ name }} end) as {{ type }})
            as window_{{ name }}
        {%- endfor %}

    from days

    cross join told

    group by days.customer_id

)

select * from bought
