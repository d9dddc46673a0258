-- The company, and its stores with the sales of none, each hold the whole ledger, by
-- day and by month, to the cent.
{% set sums = [
    'ticket_count', 'return_count', 'net_sales_amount', 'return_amount'
] -%}
with

tickets as (

    select
        count_if(not is_return) as ticket_count,
        count_if(is_return) as return_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        coalesce(-sum(net_sales_amount) filter (where is_return), 0) as return_amount

    from {{ ref('fct_transactions') }}

),

told as (

    {% for mart in ('agg_daily_metrics', 'agg_monthly_metrics') -%}
    {% for is_company in ('true', 'false') -%}
    select
        '{{ mart }}' as mart_name,
        {{ is_company }} as is_company,
        {% for name in sums -%}
        coalesce(sum({{ name }}), 0) as {{ name }},
        {% endfor -%}
        count(*) as row_count

    from {{ ref(mart) }}
    where (scope_code = 'company') = {{ is_company }}
    {{ 'union all' if not loop.last }}
    {% endfor -%}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select told.*
from told
cross join tickets
where
    false
    {% for name in sums -%}
    or told.{{ name }} != tickets.{{ name }}
    {% endfor %}
