-- Treatment less control, how sure that is, and whether the cells are as planned.
{%- set share = 'cast(campaigns.planned_treatment_share as double)' %}
{%- set assigned = '(cells.treatment_assigned_count + cells.control_assigned_count)' %}
with

limits as (

    select
        {% for code in ('interval_quantile', 'sample_ratio_limit') -%}
        max(cast(limit_value as double)) filter (where limit_code = '{{ code }}')
            as {{ code }},
        {% endfor -%}
        count(*) as limit_count

    from {{ ref('rule_campaign_limits') }}

),

compared as (

    select
        cells.*,
        {% for cell in ('treatment', 'control') -%}
        case when cells.{{ cell }}_measured_count > 1 then greatest(
            cast(cells.{{ cell }}_square_sum as double)
            - cast(cells.{{ cell }}_net_sales_amount as double)
            * cast(cells.{{ cell }}_net_sales_amount as double)
            / cells.{{ cell }}_measured_count,
            0
        ) / (cells.{{ cell }}_measured_count - 1) / cells.{{ cell }}_measured_count end
            as {{ cell }}_mean_variance,
        {% endfor -%}
        {% for name in ('net_sales', 'margin') -%}
        {{ crm_warehouse.safe_ratio(
            '(coalesce(cells.treatment_' ~ name ~ '_amount, 0)'
            ~ ' * cells.control_measured_count'
            ~ ' - coalesce(cells.control_' ~ name ~ '_amount, 0)'
            ~ ' * cells.treatment_measured_count)',
            '(cells.treatment_measured_count * cells.control_measured_count)'
        ) }} as {{ name }}_effect,
        {% endfor -%}
        cells.treatment_assigned_count - {{ share }} * {{ assigned }}
            as treatment_surplus,
        {{ share }} * (1 - {{ share }}) * {{ assigned }} as planned_variance

    from {{ ref('int_assignments__summed') }} as cells
    left join {{ ref('dim_campaigns') }} as campaigns
        on cells.campaign_id = campaigns.campaign_id

),

tested as (

    select
        compared.*,
        limits.*,
        cast(treatment_net_sales_amount as double)
        / nullif(treatment_measured_count, 0)
        - cast(control_net_sales_amount as double)
        / nullif(control_measured_count, 0) as difference,
        sqrt(treatment_mean_variance + control_mean_variance) as standard_error,
        treatment_surplus * treatment_surplus / nullif(planned_variance, 0)
            as chi_squared

    from compared
    cross join limits

),

told as (

    select
        campaign_id,
        case
            when control_assigned_count = 0 then 'not_incremental'
            when standard_error is null then 'too_few_measured'
            when chi_squared > sample_ratio_limit then 'not_comparable'
            when difference > interval_quantile * standard_error then 'gain'
            when difference < -interval_quantile * standard_error then 'loss'
            when censored_count > 0 then 'not_over'
            else 'no_clear_effect'
        end as effect_code,
        net_sales_effect as effect_per_customer,
        {{ crm_warehouse.as_ratio('standard_error') }} as effect_standard_error,
        {{ crm_warehouse.as_ratio('difference - interval_quantile * standard_error') }}
            as effect_lower_limit,
        {{ crm_warehouse.as_ratio('difference + interval_quantile * standard_error') }}
            as effect_upper_limit,
        case
            when coalesce(treatment_margin_amount, control_margin_amount) is not null
                then margin_effect
        end as margin_effect_per_customer,
        {{ crm_warehouse.as_ratio('chi_squared') }} as sample_ratio_chi_squared,
        chi_squared > sample_ratio_limit as is_sample_ratio_mismatch

    from tested

)

select * from told
