-- 效能评估: what a campaign brought beyond what would have been bought without it.
with

cells as (

    select * from {{ ref('int_assignments__summed') }}

),

estimates as (

    select * from {{ ref('int_campaign_effects__estimated') }}

),

campaigns as (

    select * from {{ ref('dim_campaigns') }}

),

valued as (

    select * from {{ ref('int_campaign_effects__valued') }}

),

told as (

    select
        cells.campaign_id,
        campaigns.campaign_name,
        campaigns.campaign_type,
        campaigns.channel,
        campaigns.started_on,
        campaigns.ended_on,
        estimates.effect_code,
        names.effect_name,
        names.effect_name_zh,
        names.action,
        names.action_zh,
        {% for cell in ('treatment', 'control') -%}
        {% for column in ('assigned_count', 'measured_count', 'net_sales_amount') -%}
        cells.{{ cell }}_{{ column }},
        {% endfor -%}
        {% for column in (
            'average_net_sales', 'before_average_net_sales', 'buyer_rate'
        ) -%}
        valued.{{ cell }}_{{ column }},
        {% endfor -%}
        {% endfor -%}
        estimates.effect_per_customer,
        estimates.effect_standard_error,
        estimates.effect_lower_limit,
        estimates.effect_upper_limit,
        valued.uplift_rate,
        {% for name in ('net_sales', 'lower', 'upper', 'margin') -%}
        valued.incremental_{{ name }}_amount,
        {% endfor -%}
        valued.margin_known_share,
        valued.cost_amount,
        {% for name in ('margin', 'net_sales') -%}
        {{ crm_warehouse.safe_ratio(
            '(valued.incremental_' ~ name ~ '_amount - valued.cost_amount)',
            'greatest(valued.cost_amount, 0)'
        ) }} as {{ name }}_return_on_investment_rate,
        {% endfor -%}
        campaigns.planned_treatment_share,
        valued.treatment_share,
        estimates.sample_ratio_chi_squared,
        estimates.is_sample_ratio_mismatch,
        matches.matched_count,
        matches.matched_other_count,
        {% for name in ('treated', 'other') -%}
        matches.{{ name }}_before_average_net_sales
            as matched_{{ name }}_before_average_net_sales,
        matches.{{ name }}_after_average_net_sales
            as matched_{{ name }}_after_average_net_sales,
        {% endfor -%}
        matches.matched_change_per_customer,
        cells.mixed_count,
        cells.unknown_contact_count,
        cells.censored_count,
        cells.first_assigned_on,
        cells.last_assigned_on,
        cells.measured_until_on,
        cells.as_of_on

    from cells
    inner join estimates on cells.campaign_id = estimates.campaign_id
    inner join valued on cells.campaign_id = valued.campaign_id
    left join campaigns on cells.campaign_id = campaigns.campaign_id
    left join {{ ref('int_campaign_matches__weighed') }} as matches
        on cells.campaign_id = matches.campaign_id
    left join {{ ref('rule_campaign_effects') }} as names
        on estimates.effect_code = names.effect_code

)

select * from told
