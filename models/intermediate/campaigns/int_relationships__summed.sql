-- What is spent and whom it is spent on, by channel, by segment and in all.
with

costed as (

    select * from {{ ref('int_relationships__costed') }}

),

told as (

    select
        max(as_of_on) as as_of_on,
        max(window_month_count) as window_month_count,
        {{ crm_warehouse.add_months(crm_warehouse.month_start(
            crm_warehouse.date_add_days('max(window_start_on)', -1)
        ), 1) }} as basis_start_on,
        min(first_purchase_on) as history_start_on

    from {{ ref('fct_customers') }}

),

valued as (

    {% for code, column in (
        ('all', "'all'"), ('channel', 'channel'), ('segment', 'segment_code')
    ) -%}
    select
        '{{ code }}' as breakdown_code,
        {{ column }} as breakdown_value,
        measure_code,
        row_count,
        amount_count,
        amount
    from costed
    {% if code == 'segment' -%}
    where measure_code not in ('acquisition', 'retention', 'service')
    {% else -%}
    union all
    {% endif -%}
    {% endfor %}
),

summed as (

    select
        breakdown_code,
        breakdown_value,
        {% for code in ('acquisition', 'retention', 'service', 'interaction') -%}
        cast(sum(amount) filter (where measure_code = '{{ code }}') as decimal(18, 4))
            as {{ code }}_amount,
        {% endfor -%}
        cast(
            sum(amount) filter (where measure_code in ('buyer', 'kept_customer'))
            as decimal(18, 4)
        ) as margin_amount,
        {% for code in ('new_customer', 'kept_customer', 'interaction') -%}
        cast(sum(row_count) filter (where measure_code = '{{ code }}') as bigint)
            as {{ code }}_count,
        {% endfor -%}
        cast(
            sum(row_count) filter (where measure_code in ('buyer', 'kept_customer'))
            as bigint
        ) as buyer_count,
        cast(sum(amount_count) filter (where measure_code = 'interaction') as bigint)
            as costed_interaction_count

    from valued
    group by breakdown_code, breakdown_value

),

told_sums as (

    select
        summed.*,
        told.as_of_on,
        told.window_month_count,
        told.basis_start_on,
        {{ crm_warehouse.date_add_days(
            'told.history_start_on', crm_warehouse.checked_integer('cooling_days', 2, 3660)
        ) }} >= told.basis_start_on as is_left_censored

    from summed
    cross join told

)

select * from told_sums
