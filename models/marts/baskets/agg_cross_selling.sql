-- 交叉銷售和上行銷售: do the same customers buy of more categories, on a higher price
-- level, and after a service call?
with

compared as (

    select * from {{ ref('int_selling_changes__compared') }}

    where before_weight > 0 and window_weight > 0

),

grouped as (

    select
        measure_code,
        group_code,
        measure_code = 'breadth' as is_total,
        before_amount,
        before_weight,
        window_amount,
        window_weight
    from compared
    where measure_code != 'breadth' or (before_amount > 0 and window_amount > 0)
    union all
    select
        measure_code,
        'all' as group_code,
        true as is_total,
        before_amount,
        before_weight,
        window_amount,
        window_weight
    from compared
    where measure_code = 'service_attach'

),

summed as (

    select
        measure_code,
        group_code,
        is_total,
        count(*) as entity_count,
        {% for leg, sign in {'risen': '>', 'unchanged': '=', 'fallen': '<'}.items() -%}
        count(*) filter (
            where cast(window_amount as decimal(19, 6)) * before_weight
            {{ sign }} cast(before_amount as decimal(19, 6)) * window_weight
        ) as {{ leg }}_count,
        {% endfor -%}
        sum(before_amount) as before_amount,
        sum(before_weight) as before_weight,
        sum(window_amount) as window_amount,
        sum(window_weight) as window_weight

    from grouped
    group by measure_code, group_code, is_total

),

told as (

    select
        summed.measure_code,
        summed.group_code,
        summed.is_total,
        measures.measure_order,
        measures.measure_name,
        measures.measure_name_zh,
        summed.entity_count,
        summed.risen_count,
        {{ safe_ratio('summed.risen_count', 'summed.entity_count') }} as risen_share,
        summed.unchanged_count,
        summed.fallen_count,
        {{ safe_ratio('summed.fallen_count', 'summed.entity_count') }} as fallen_share,
        {{ safe_ratio('summed.before_amount', 'summed.before_weight') }}
            as before_average_rate,
        {{ safe_ratio('summed.window_amount', 'summed.window_weight') }}
            as window_average_rate,
        measures.action,
        measures.action_zh,
        cast(terms.attach_days as integer) as attach_days,
        terms.is_before_complete,
        terms.before_start_on,
        terms.as_of_on,
        terms.window_start_on,
        terms.window_month_count

    from summed
    cross join {{ ref('int_basket_terms__told') }} as terms
    inner join {{ ref('rule_selling_measures') }} as measures
        on summed.measure_code = measures.measure_code

)

select * from told
