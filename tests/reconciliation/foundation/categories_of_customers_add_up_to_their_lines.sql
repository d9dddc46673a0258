-- Units and money, to the cent, of the identified lines whose category is known; all of
-- history and in the window.
{% set measures = {
    'unit_count': 'quantity',
    'net_sales_amount': 'net_sales_amount',
    'margin_amount': 'margin_amount',
} -%}
with

windows as (

    select
        max(as_of_on) as as_of_on,
        max(window_start_on) as window_start_on

    from {{ ref('fct_customers') }}

),

line_sums as (

    {% for scope in ('', 'window_') -%}
    select
        '{{ scope }}' as scope_name,
        {%- for measure, column in measures.items() %}
        coalesce(sum(lines.{{ column }}), 0) as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}

    from {{ ref('fct_transaction_lines') }} as lines

    cross join windows

    where
        lines.customer_id is not null
        and lines.product_id in (
            select products.product_id

            from {{ ref('dim_products') }} as products

            where products.category is not null
        )
        {%- if scope %}
        and lines.sold_on between windows.window_start_on and windows.as_of_on
        {%- endif %}

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

category_sums as (

    {% for scope in ('', 'window_') -%}
    select
        '{{ scope }}' as scope_name,
        {%- for measure in measures %}
        coalesce(sum({{ scope }}{{ measure }}), 0) as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}

    from {{ ref('fct_customer_categories') }}

    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select category_sums.*

from category_sums

inner join line_sums
    on category_sums.scope_name = line_sums.scope_name

where
    category_sums.unit_count != line_sums.unit_count
    or category_sums.net_sales_amount != line_sums.net_sales_amount
    or category_sums.margin_amount != line_sums.margin_amount
