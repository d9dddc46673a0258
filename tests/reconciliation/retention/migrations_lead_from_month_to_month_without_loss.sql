-- What moves into a state is what the history counts in it, and what moves out of it is
-- what it counted at the month end before; net sales likewise, to the cent.
{% set schemes = {
    'tier': ('tier_code', 'true'),
    'frozen_tier': ('frozen_tier_code', 'calibrated_on is not null'),
    'segment': ("coalesce(segment_code, 'outside')", 'true'),
    'frozen_segment': (
        "coalesce(frozen_segment_code, 'outside')", 'calibrated_on is not null'
    ),
    'stage': ('stage_code', 'true'),
    'activity': ('activity_status', 'true'),
} -%}
with

months as (

    select * from {{ ref('fct_customer_months') }}

),

migrations as (

    select * from {{ ref('agg_segment_migrations') }}
    where scheme_code != 'rhythm'

),

history as (

    {% for scheme, (state, condition) in schemes.items() -%}
    select
        '{{ scheme }}' as scheme_code,
        month_end_on,
        {{ state }} as state_code,
        count(*) as customer_count,
        sum(net_sales_amount) as net_sales_amount

    from months
    where {{ condition }}
    group by
        month_end_on,
        {{ state }}
    {% if not loop.last %}
    union all

    {% endif -%}
    {% endfor %}
),

arrived as (

    select
        scheme_code,
        month_end_on,
        to_code as state_code,
        sum(customer_count) as customer_count,
        sum(net_sales_amount) as net_sales_amount

    from migrations
    group by
        scheme_code,
        month_end_on,
        to_code

),

departed as (

    select
        scheme_code,
        {{ month_start('month_end_on') }} as next_month,
        from_code as state_code,
        sum(customer_count) as customer_count,
        sum(previous_net_sales_amount) as net_sales_amount

    from migrations
    where from_code != 'newcomer'
    group by
        scheme_code,
        {{ month_start('month_end_on') }},
        from_code

),

edges as (

    select
        scheme_code,
        min(month_end_on) as first_month_end_on,
        max(month_end_on) as last_month_end_on

    from migrations
    group by scheme_code

)

select
    'arrived' as side,
    history.*

from history
inner join edges
    on history.scheme_code = edges.scheme_code
    and history.month_end_on >= edges.first_month_end_on
left join arrived
    on history.scheme_code = arrived.scheme_code
    and history.month_end_on = arrived.month_end_on
    and history.state_code = arrived.state_code
where
    history.customer_count is distinct from arrived.customer_count
    or history.net_sales_amount is distinct from arrived.net_sales_amount

union all

select
    'departed' as side,
    history.*

from history
inner join edges
    on history.scheme_code = edges.scheme_code
    and history.month_end_on < edges.last_month_end_on
left join departed
    on history.scheme_code = departed.scheme_code
    and history.state_code = departed.state_code
    and history.month_end_on
    = {{ crm_warehouse.date_add_days('departed.next_month', -1) }}
where
    history.customer_count is distinct from departed.customer_count
    or history.net_sales_amount is distinct from departed.net_sales_amount
