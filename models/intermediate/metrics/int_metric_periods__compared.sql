-- Beside each period the one before it and the same a year before, the same weekday for
-- weeks; null where the scope was not there yet.
{% set measures = [
    'visitor_count', 'lead_count', 'ticket_count', 'buyer_count', 'net_sales_amount',
    'return_count', 'return_amount', 'conversion_rate', 'basket_amount',
    'units_per_ticket', 'new_customer_count', 'active_customer_count', 'margin_rate'
] -%}
with

summed as (

    select * from {{ ref('int_metric_periods__summed') }}

),

scopes as (

    select * from {{ ref('rule_metric_scopes') }}

),

told as (

    select max(date_on) as as_of_on
    from {{ ref('dim_dates') }}
    where is_told

),

rated as (

    select
        summed.*,
        {{ safe_ratio('counted_ticket_count', 'visitor_count') }} as conversion_rate,
        cast({{ safe_ratio('net_sales_amount', 'ticket_count') }} as decimal(18, 4))
            as basket_amount,
        {{ safe_ratio('unit_count', 'ticket_count') }} as units_per_ticket,
        {{ safe_ratio('margin_amount', 'margin_known_sales_amount') }} as margin_rate,
        case summed.period_code
            when 'day' then {{ crm_warehouse.date_add_days('period_start_on', -1) }}
            when 'week' then {{ crm_warehouse.date_add_days('period_start_on', -7) }}
            else {{ crm_warehouse.add_months('period_start_on', -1) }}
        end as previous_start_on,
        case summed.period_code
            when 'week' then {{ crm_warehouse.date_add_days('period_start_on', -364) }}
            else {{ crm_warehouse.add_months('period_start_on', -12) }}
        end as year_before_start_on

    from summed

),

compared as (

    select
        rated.*,
        scopes.scope_code,
        coalesce(stores.store_name, rated.store_id, scopes.scope_name) as scope_name,
        coalesce(stores.store_name, rated.store_id, scopes.scope_name_zh)
            as scope_name_zh,
        {% for name in measures -%}
        previous.{{ name }} as previous_{{ name }},
        year_before.{{ name }} as year_before_{{ name }},
        {% endfor -%}
        told.as_of_on

    from rated
    cross join told
    inner join scopes
        on split_part(rated.scope_id, ':', 1) = scopes.scope_code
    left join {{ ref('dim_stores') }} as stores
        on rated.store_id = stores.store_id
    {% for name in ('previous', 'year_before') -%}
    left join rated as {{ name }}
        on rated.scope_id = {{ name }}.scope_id
        and rated.period_code = {{ name }}.period_code
        and rated.{{ name }}_start_on = {{ name }}.period_start_on
    {% endfor %}
)

select * from compared
