-- Distinct customers add up over days by counting each once: in a week or month on the
-- first purchase day there, as active from one purchase day until active_days later.
{% set active_days = crm_warehouse.checked_integer('active_days', 1, 3660) -%}
{% set names = ['buyer_count', 'week_buyer_count', 'month_buyer_count',
    'new_customer_count'] -%}
with

purchase_days as (

    select
        'company' as scope_id,
        customer_id,
        sold_on
    from {{ ref('fct_customer_days') }}
    where is_purchase_day

    union all

    select
        coalesce('store:' || store_id, 'no_store') as scope_id,
        customer_id,
        sold_on
    from {{ ref('fct_transactions') }}
    where not is_anonymous
    group by store_id, customer_id, sold_on
    having
        count(*) filter (where not is_return) > 0
        and (
            sum(net_sales_amount) > 0
            or (sum(net_sales_amount) = 0 and count(*) filter (where is_return) = 0)
        )

),

spaced as (

    select
        *,
        lag(sold_on) over customer_days as last_on,
        lead(sold_on) over customer_days as next_on
    from purchase_days
    window customer_days as (
        partition by scope_id, customer_id order by sold_on asc nulls last
    )

),

moves as (

    select
        spaced.scope_id,
        spaced.sold_on as day_on,
        1 as buyer_count,
        {% for part in ('week', 'month') -%}
        cast(coalesce(
            date_trunc('{{ part }}', spaced.last_on)
            != date_trunc('{{ part }}', spaced.sold_on), true
        ) as integer) as {{ part }}_buyer_count,
        {% endfor -%}
        cast(spaced.sold_on = customers.first_purchase_on as integer)
            as new_customer_count,
        cast(coalesce(
            {{ crm_warehouse.days_between('spaced.last_on', 'spaced.sold_on') }}
            > {{ active_days }}, true
        ) as integer) as active_change
    from spaced
    inner join {{ ref('fct_customers') }} as customers
        on spaced.customer_id = customers.customer_id

    union all

    select
        scope_id,
        {{ crm_warehouse.date_add_days('sold_on', active_days + 1) }} as day_on,
        {% for name in names -%}
        0 as {{ name }},
        {% endfor -%}
        -1 as active_change
    from spaced
    where
        coalesce({{ crm_warehouse.days_between('sold_on', 'next_on') }}, 99999)
        > {{ active_days }}

),

counted as (

    select
        scope_id,
        day_on,
        {% for name in names -%}
        cast(sum({{ name }}) as bigint) as {{ name }},
        {% endfor -%}
        cast(sum(active_change) as bigint) as active_change
    from moves
    group by scope_id, day_on

)

select * from counted
