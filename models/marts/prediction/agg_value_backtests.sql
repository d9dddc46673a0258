-- 可靠度较高的预测: how far each method was off when it was asked one horizon ago.
{% set day_count = crm_warehouse.checked_integer('forecast_days', 1, 365) -%}
with

told as (

    select
        max(as_of_on) as as_of_on,
        min(first_purchase_on) as history_start_on
    from {{ ref('fct_customers') }}

),

sums as (

    select
        method_code as tested_method_code,
        measure_code as tested_measure_code,
        cast(sum(customer_count) as bigint) as tested_count,
        {% for name in ('expected', 'actual', 'error') -%}
        cast(sum({{ name }}_total) as decimal(18, 4)) as {{ name }}_total,
        {% endfor -%}
        cast(greatest(sum(actual_total), 0) as decimal(18, 4)) as whole_total,
        sum(square_total) as square_total,
        max(customer_count) filter (where decile = 1) as first_count,
        max(actual_total) filter (where decile = 1) as first_total,
        sum(actual_total) filter (where decile <= 2) as top_fifth_total
    from {{ ref('int_backtest_deciles__summed') }}
    group by method_code, measure_code

),

-- Three horizons: one to be known by, one to learn from, and the holdout.
compared as (

    select
        methods.*,
        measures.*,
        sums.*,
        bases.error_total as base_errors,
        bases.square_total as base_squares,
        row_number() over (
            partition by measures.measure_code
            order by sums.square_total asc nulls last, methods.method_order asc
        ) as place,
        coalesce(told.history_start_on <= {{ crm_warehouse.date_add_days(
            'told.as_of_on', 1 - 3 * day_count
        ) }}, false) as is_mature,
        told.*

    from {{ ref('rule_forecast_methods') }} as methods
    cross join {{ ref('rule_forecast_measures') }} as measures
    cross join told
    left join sums
        on methods.method_code = sums.tested_method_code
        and measures.measure_code = sums.tested_measure_code
    left join sums as bases
        on measures.measure_code = bases.tested_measure_code
        and bases.tested_method_code = 'last_period'

),

judged as (

    select
        method_code,
        measure_code,
        {% for thing in ('method', 'measure') -%}
        {{ thing }}_order,
        {{ thing }}_name,
        {{ thing }}_name_zh,
        {% endfor -%}
        coalesce(tested_count, 0) as customer_count,
        expected_total,
        actual_total,
        cast(expected_total - actual_total as decimal(18, 4)) as bias_total,
        {{ safe_ratio('expected_total - actual_total', 'actual_total') }} as bias_rate,
        {{ safe_ratio('error_total', 'tested_count') }} as mean_absolute_error,
        {{ safe_ratio('base_errors - error_total', 'base_errors') }}
            as absolute_error_skill_rate,
        {{ as_ratio('sqrt(cast(square_total as double) / tested_count)') }}
            as root_mean_squared_error,
        {{ as_ratio('1 - square_total / cast(nullif(base_squares, 0) as double)') }}
            as squared_error_skill_rate,
        {{ safe_ratio('first_total * tested_count', 'whole_total * first_count') }}
            as first_decile_lift_rate,
        {{ safe_ratio('top_fifth_total', 'whole_total') }} as top_fifth_share,
        is_mature and square_total is not null and place = 1 as is_best,
        is_mature,
        cast({{ day_count }} as integer) as forecast_day_count,
        {{ crm_warehouse.date_add_days('as_of_on', 1 - day_count) }}
            as holdout_start_on,
        history_start_on,
        as_of_on

    from compared

)

select * from judged
