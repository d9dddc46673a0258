-- The same sums, to the cent, from tickets, customer days and customers; all of history
-- and in the window.
{% set measures = (
    'net_sales_amount', 'discount_amount', 'margin_amount', 'margin_known_sales_amount',
    'unit_count',
) -%}
with

windows as (

    select
        max(as_of_on) as as_of_on,
        max(window_start_on) as window_start_on

    from {{ ref('fct_customers') }}

),

ticket_sums as (

    {% for scope in ('', 'window_') -%}
    select
        '{{ scope }}' as scope_name,
        count(*) filter (where not tickets.is_return) as ticket_count,
        count(*) filter (where tickets.is_return) as return_count,
        {%- for measure in measures %}
        coalesce(sum(tickets.{{ measure }}), 0) as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}

    from {{ ref('fct_transactions') }} as tickets

    cross join windows

    where
        not tickets.is_anonymous
        {%- if scope %}
        and tickets.sold_on between windows.window_start_on and windows.as_of_on
        {%- endif %}

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

day_sums as (

    {% for scope in ('', 'window_') -%}
    select
        '{{ scope }}' as scope_name,
        count(*) filter (where days.is_purchase_day) as purchase_day_count,
        coalesce(sum(days.return_amount), 0) as return_amount,
        coalesce(sum(days.ticket_count), 0) as ticket_count,
        coalesce(sum(days.return_count), 0) as return_count,
        {%- for measure in measures %}
        coalesce(sum(days.{{ measure }}), 0) as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}

    from {{ ref('fct_customer_days') }} as days

    cross join windows
    {%- if scope %}

    where days.sold_on between windows.window_start_on and windows.as_of_on
    {%- endif %}

    {{ 'union all' if not loop.last }}
    {% endfor %}
),

customer_sums as (

    {% for scope in ('', 'window_') -%}
    select
        '{{ scope }}' as scope_name,
        coalesce(sum({{ scope }}purchase_day_count), 0) as purchase_day_count,
        coalesce(sum({{ scope }}return_amount), 0) as return_amount,
        coalesce(sum({{ scope }}ticket_count), 0) as ticket_count,
        coalesce(sum({{ scope }}return_count), 0) as return_count,
        {%- for measure in measures %}
        coalesce(sum({{ scope }}{{ measure }}), 0) as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}

    from {{ ref('fct_customers') }}

    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select customer_sums.*

from customer_sums

inner join day_sums
    on customer_sums.scope_name = day_sums.scope_name

inner join ticket_sums
    on customer_sums.scope_name = ticket_sums.scope_name

where
    customer_sums.purchase_day_count != day_sums.purchase_day_count
    or customer_sums.return_amount != day_sums.return_amount
    {%- for measure in ('ticket_count', 'return_count') + measures %}
    or customer_sums.{{ measure }} != day_sums.{{ measure }}
    or customer_sums.{{ measure }} != ticket_sums.{{ measure }}
    {%- endfor %}
