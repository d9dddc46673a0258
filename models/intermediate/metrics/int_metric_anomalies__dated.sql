-- The weeks out of the ordinary, since when they are so, and their numbers as text.
{% set shown = {'value': 'metric_value', 'usual': 'usual_value'} -%}
with

anomalies as (

    select
        weeks.*,
        rules.value_kind,
        rules.metric_name,
        rules.metric_name_zh,
        case when weeks.metric_value > weeks.usual_value then 'above' else 'below' end
            as direction_code,
        case
            when (weeks.metric_value > weeks.usual_value) = rules.is_high_good
                then 'opportunity'
            else 'crisis'
        end as kind_code

    from {{ ref('int_metric_weeks__judged') }} as weeks
    inner join {{ ref('rule_metric_anomalies') }} as rules
        on weeks.metric_code = rules.metric_code
    where weeks.is_far and weeks.is_outside_interval

),

-- Weeks in a row share the day that lies as many weeks before them as they are in
-- order.
runs as (

    select
        *,
        {{ crm_warehouse.date_add_days(
            'week_start_on',
            '-7 * row_number() over (partition by scope_id, metric_code, direction_code'
            ~ ' order by week_start_on asc nulls last)'
        ) }} as run_on,
        {% for name, value in shown.items() -%}
        case value_kind
            when 'rate'
                then cast(cast({{ value }} * 100 as decimal(18, 1)) as string) || '%'
            when 'count' then cast(cast({{ value }} as decimal(18, 0)) as string)
            else cast(cast({{ value }} as decimal(18, 2)) as string)
        end as shown_{{ name }},
        {% endfor -%}
        {{ safe_ratio(
            'cast(metric_value - usual_value as decimal(24, 6)) * 10000',
            'cast(usual_value as decimal(24, 6)) * 10000'
        ) }} as change_rate

    from anomalies

),

dated as (

    select
        scope_id,
        metric_code,
        week_start_on,
        metric_name,
        metric_name_zh,
        kind_code,
        direction_code,
        metric_value,
        usual_value,
        median_deviation,
        robust_z,
        change_rate,
        earlier_week_count,
        shown_value,
        shown_usual,
        min(week_start_on) over (
            partition by scope_id, metric_code, direction_code, run_on
        ) as since_on,
        cast(row_number() over (
            partition by scope_id, metric_code, direction_code, run_on
            order by week_start_on asc nulls last
        ) as bigint) as week_count,
        case when change_rate > 0 then '+' else '' end
        || cast(cast(change_rate * 100 as decimal(18, 1)) as string)
        || '%' as shown_change

    from runs

)

select * from dated
