-- Out of the ordinary: far from the median by the median deviation; for a rate, the
-- pooled rate P of earlier weeks is also outside of the week's Wilson interval, that is
-- n (p - P)^2 > z^2 P (1 - P). A median is the mean of the one or two in the middle.
{% set middle = crm_warehouse.whole_ratio('week_count + 1', '2') ~ ', '
    ~ crm_warehouse.whole_ratio('week_count + 2', '2') -%}
{% set each = '(case when week_count % 2 = 0 then 0.5 else 1.0 end)' -%}
with

usual as (

    select
        *,
        cast(
            {{ each }}
            * sum(case when value_rank in ({{ middle }}) then earlier_value end)
                over (partition by scope_id, metric_code, week_start_on)
            as decimal(18, 6)
        ) as usual_value
    from {{ ref('int_metric_weeks__gathered') }}

),

deviating as (

    select
        *,
        abs(earlier_value - usual_value) as deviation,
        row_number() over (
            partition by scope_id, metric_code, week_start_on
            order by
                abs(earlier_value - usual_value) asc nulls last,
                earlier_start_on asc nulls last
        ) as deviation_rank
    from usual

),

measured as (

    select
        scope_id,
        metric_code,
        week_start_on,
        metric_value,
        usual_value,
        top_count,
        bottom_count,
        week_count,
        sum(earlier_top_count) as earlier_top_count,
        sum(earlier_bottom_count) as earlier_bottom_count,
        cast({{ each }} * sum(
            case when deviation_rank in ({{ middle }}) then deviation end
        ) as decimal(18, 6)) as median_deviation
    from deviating
    group by
        scope_id, metric_code, week_start_on, metric_value, usual_value, top_count,
        bottom_count, week_count

),

judged as (

    select
        measured.scope_id,
        measured.metric_code,
        measured.week_start_on,
        measured.metric_value,
        measured.usual_value,
        measured.median_deviation,
        measured.week_count as earlier_week_count,
        measured.bottom_count,
        {{ safe_ratio(
            'cast(measured.metric_value - measured.usual_value as decimal(24, 6)) * 10000',
            'cast(measured.median_deviation as decimal(24, 6)) * 10000 * rules.mad_factor'
        ) }} as robust_z,
        measured.median_deviation > 0
        and abs(measured.metric_value - measured.usual_value)
        >= rules.z_limit * rules.mad_factor
        * cast(measured.median_deviation as decimal(19, 6))
        and measured.week_count >= rules.least_week_count
        and (rules.value_kind != 'count' or measured.usual_value >= rules.least_count)
        and coalesce(measured.bottom_count, rules.least_count) >= rules.least_count
            as is_far,
        rules.value_kind != 'rate'
        or measured.top_count > measured.bottom_count
        or measured.earlier_top_count > measured.earlier_bottom_count
        or power(
            cast(measured.top_count as double) * measured.earlier_bottom_count
            - cast(measured.bottom_count as double) * measured.earlier_top_count, 2
        ) > power(cast(rules.wilson_z as double), 2) * measured.bottom_count
        * measured.earlier_top_count
        * (measured.earlier_bottom_count - measured.earlier_top_count)
            as is_outside_interval
    from measured
    inner join {{ ref('rule_metric_anomalies') }} as rules
        on measured.metric_code = rules.metric_code

)

select * from judged
