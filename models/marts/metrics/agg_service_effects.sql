-- Source: 對每次服務的效果進行記錄和即時分析. Descriptive: matching is no experiment.
with

summed as (

    select * from {{ ref('int_service_effects__summed') }}

),

limits as (

    select max(limit_value) as interval_quantile
    from {{ ref('rule_service_effect_limits') }}
    where limit_code = 'interval_quantile'

),

told_of as (

    select max(as_of_on) as as_of_on from {{ ref('fct_customers') }}

),

-- The standard error is that of the mean, by the deviation of the sample.
measured as (

    select
        summed.*,
        cast({{ crm_warehouse.safe_ratio(
            'summed.effect_amount', 'summed.matched_count'
        ) }} as decimal(18, 4)) as mean_effect_amount,
        case
            when summed.matched_count > 1
                then cast(sqrt(
                    greatest(
                        summed.squares
                        - cast(summed.effect_amount as double)
                        * cast(summed.effect_amount as double)
                        / summed.matched_count,
                        0
                    ) / (summed.matched_count - 1) / summed.matched_count
                ) as decimal(18, 4))
        end as effect_error_amount

    from summed

),

told as (

    select
        measured.breakdown_name,
        measured.breakdown_value,
        measured.breakdown_label,
        measured.breakdown_label_zh,
        measured.event_count,
        measured.matched_count,
        {%- for name in ('before', 'after', 'matched_before', 'matched_after') %}
        cast({{ crm_warehouse.safe_ratio(
            'measured.' ~ name ~ '_amount', 'measured.matched_count'
        ) }} as decimal(18, 4)) as mean_{{ name }}_amount,
        {%- endfor %}
        measured.mean_effect_amount,
        measured.effect_error_amount,
        {%- for name, sign in (('low', '-'), ('high', '+')) %}
        cast(
            measured.mean_effect_amount
            {{ sign }} limits.interval_quantile
            * cast(measured.effect_error_amount as decimal(19, 4)) as decimal(18, 4)
        ) as effect_{{ name }}_amount,
        {%- endfor %}
        measured.effect_days,
        told_of.as_of_on

    from measured
    cross join limits
    cross join told_of

)

select * from told
