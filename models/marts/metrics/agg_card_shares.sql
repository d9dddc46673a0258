-- 卡券消費僅占總銷售額的百分之二三十: three ratios of net sales, not one.
{% set sums = {
    'net_sales_amount': 'decimal(18, 4)', 'identified_sales_amount': 'decimal(18, 4)',
    'stored_value_amount': 'decimal(18, 4)', 'coupon_sales_amount': 'decimal(18, 4)',
    'ticket_count': 'bigint', 'identified_ticket_count': 'bigint',
    'coupon_ticket_count': 'bigint'
} -%}
{% set shares = {
    'identified': 'identified_sales_amount', 'stored_value': 'stored_value_amount',
    'coupon': 'coupon_sales_amount'
} -%}
with

windows as (

    select
        max(window_start_on) as window_start_on,
        max(as_of_on) as as_of_on
    from {{ ref('fct_customers') }}

),

days as (

    select
        days.*,
        scopes.*,
        windows.*
    from {{ ref('int_card_days__summed') }} as days
    cross join windows
    inner join {{ ref('rule_metric_scopes') }} as scopes
        on split_part(days.scope_id, ':', 1) = scopes.scope_code
        or scopes.scope_code = 'company'

),

periods as (

    {% for period_code, start in (
        ('month', month_start('day_on')), ('window', 'window_start_on')
    ) -%}
    select
        case when scope_code = 'company' then scope_code else scope_id end as scope_id,
        scope_code,
        case when scope_code = 'store' then store_id end as store_id,
        scope_name,
        scope_name_zh,
        '{{ period_code }}' as period_code,
        {{ start }} as period_start_on,
        max(as_of_on) as as_of_on,
        {% for name, type in sums.items() -%}
        cast(sum({{ name }}) as {{ type }}) as {{ name }},
        {% endfor -%}
        case when sum(net_sales_amount) > 0 then sum(net_sales_amount) end
            as whole_amount
    from days
    {{ 'where day_on >= window_start_on' if period_code == 'window' }}
    group by all
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

told as (

    select
        periods.scope_id,
        periods.scope_code,
        periods.store_id,
        coalesce(stores.store_name, periods.store_id, periods.scope_name) as scope_name,
        coalesce(stores.store_name, periods.store_id, periods.scope_name_zh)
            as scope_name_zh,
        periods.period_code,
        periods.period_start_on,
        {% for name in sums -%}
        periods.{{ name }},
        {% endfor -%}
        {% for share, amount in shares.items() -%}
        {{ safe_ratio('periods.' ~ amount, 'periods.whole_amount') }}
            as {{ share }}_share,
        {{ safe_ratio('years.' ~ amount, 'years.whole_amount') }}
            as year_before_{{ share }}_share,
        {% endfor -%}
        {% for share in ('identified', 'coupon') -%}
        {{ safe_ratio('periods.' ~ share ~ '_ticket_count', 'periods.ticket_count') }}
            as {{ share }}_ticket_share,
        {% endfor -%}
        periods.as_of_on
    from periods
    left join periods as years
        on periods.scope_id = years.scope_id
        and periods.period_code = 'month'
        and years.period_code = 'month'
        and {{ crm_warehouse.add_months('periods.period_start_on', -12) }}
        = years.period_start_on
    left join {{ ref('dim_stores') }} as stores
        on periods.store_id = stores.store_id

)

select * from told
