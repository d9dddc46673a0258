-- 为什么没有达到销售目标. The plan is the main driver where no other points its way.
{% set legs = {
    'buyers': ['customers', 'people'], 'visitors': ['visitors', 'people'],
    'tickets_per_buyer': ['customers', 'ticket'], 'conversion': ['visitors', 'ticket'],
    'units_per_ticket': ['any', 'unit'], 'price': ['any', 'price'],
    'anonymous': ['customers', 'rest'], 'uncounted': ['visitors', 'rest'],
    'plan': ['any', 'plan']} -%}
{% set factors = [['ticket_count', 'people_count', 'tickets_per_person'],
    ['unit_count', 'ticket_count', 'units_per_ticket'],
    ['amount', 'unit_count', 'price']] -%}
{% set given = ['scope_id', 'metric_month', 'tree_code', 'base_month', 'change_amount',
    'comparison_code', 'net_sales_amount', 'compared_amount', 'undecomposed_amount',
    'people_count', 'base_people_count', 'main_driver_code'] -%}
with

named as (

    select
        *,
        {% for leg, (tree_code, effect) in legs.items() if leg != effect -%}
        case
            when '{{ tree_code }}' in ('any', tree_code) then {{ effect }}_effect_amount
        end as {{ leg }}_effect_amount,
        {% endfor -%}
        nullif(sign(change_amount), 0) as direction
    from {{ ref('int_sales_trees__decomposed') }}

),

weighed as (

    select
        *,
        greatest(
            {% for leg in legs if leg != 'plan' -%}
            coalesce(direction * {{ leg }}_effect_amount, 0),
            {% endfor -%}
            0
        ) as largest_amount
    from named

),

judged as (

    select
        *,
        case
            when undecomposed_amount != 0 then 'undecomposed'
            when direction < 0 and largest_amount = 0 then 'plan'
            when direction > 0 and largest_amount = 0 then 'modest_plan'
            {% for leg in legs -%}
            when {{ leg }}_effect_amount * direction = largest_amount then '{{ leg }}'
            {% endfor -%}
        end as main_driver_code
    from weighed

),

told as (

    select
        {% for name in given -%}
        judged.{{ name }},
        {% endfor -%}
        {% for leg in legs -%}
        judged.{{ leg }}_effect_amount,
        {% endfor -%}
        {% for name in ('scope_code', 'store_id', 'scope_name', 'scope_name_zh') -%}
        months.{{ name }},
        {% endfor -%}
        comparisons.comparison_name,
        comparisons.comparison_name_zh,
        {{ safe_ratio('judged.net_sales_amount', 'greatest(compared_amount, 0)') }}
            as achievement_rate,
        {% for prefix in ('', 'base_') -%}
        {% for top, bottom, name in factors -%}
        {{ safe_ratio('judged.' ~ prefix ~ top, 'judged.' ~ prefix ~ bottom) }}
            as {{ prefix }}{{ name }},
        {% endfor -%}
        {% endfor -%}
        months.is_complete_month,
        months.as_of_on,
        drivers.driver_name as main_driver_name,
        drivers.driver_name_zh as main_driver_name_zh,
        drivers.action as main_driver_action,
        drivers.action_zh as main_driver_action_zh
    from judged
    inner join {{ ref('agg_monthly_metrics') }} as months
        on judged.scope_id = months.scope_id
        and judged.metric_month = months.metric_month
    inner join {{ ref('rule_sales_comparisons') }} as comparisons
        on judged.comparison_code = comparisons.comparison_code
    left join {{ ref('rule_sales_drivers') }} as drivers
        on judged.main_driver_code = drivers.driver_code

)

select * from told
