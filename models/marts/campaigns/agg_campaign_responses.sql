-- 客户对广告或沟通的接受率, 何时如何联系: from contact to purchase, by whom, when and how.
{%- set steps = ('delivered', 'opened', 'responded', 'bought', 'opted_out') %}
with

counts as (

    select * from {{ ref('int_contacts__counted') }}

),

labels as (

    select
        'segment' as breakdown_code,
        segment_code as breakdown_value,
        segment_order as value_order,
        segment_name as value_name,
        segment_name_zh as value_name_zh
    from {{ ref('rule_rfm_segments') }}
    union all
    select
        'response_class' as breakdown_code,
        step_code as breakdown_value,
        step_order as value_order,
        step_name as value_name,
        step_name_zh as value_name_zh
    from {{ ref('rule_campaign_steps') }}
    {%- for code in ('contact_number', 'recent_contacts') %}
    union all
    select
        '{{ code }}' as breakdown_code,
        band_code as breakdown_value,
        band_order as value_order,
        band_name as value_name,
        band_name_zh as value_name_zh
    from {{ ref('rule_contact_number_bands') }}
    {%- endfor %}

),

limits as (

    select limit_value as smoothing_count
    from {{ ref('rule_campaign_limits') }}
    where limit_code = 'smoothing_count'

),

told as (

    select
        counts.scope_code,
        counts.campaign_id,
        counts.breakdown_code,
        counts.breakdown_value,
        breakdowns.breakdown_name,
        breakdowns.breakdown_name_zh,
        coalesce(
            labels.value_order, try_cast(counts.breakdown_value as integer)
        ) as value_order,
        coalesce(labels.value_name, counts.breakdown_value) as value_name,
        coalesce(labels.value_name_zh, counts.breakdown_value) as value_name_zh,
        counts.reached_count,
        counts.customer_count,
        {% for step in steps -%}
        case when counts.{{ step }}_base_count > 0 then counts.{{ step }}_count end
            as {{ step }}_count,
        {{ crm_warehouse.safe_ratio(
            'counts.' ~ step ~ '_count', 'counts.' ~ step ~ '_base_count'
        ) }} as {{ step | replace('responded', 'response') }}_rate,
        {% endfor -%}
        {% for after, step in (
            ('delivered', 'opened'), ('opened', 'responded'), ('responded', 'bought')
        ) -%}
        {{ crm_warehouse.safe_ratio(
            'counts.' ~ step ~ '_after_count', 'counts.' ~ step ~ '_after_base_count'
        ) }} as {{ step }}_of_{{ after }}_rate,
        {% endfor -%}
        counts.responded_base_count as recorded_count,
        case when counts.responded_base_count > 0 then {{ crm_warehouse.safe_ratio(
            '(counts.responded_count + limits.smoothing_count)',
            '(counts.responded_base_count + 2 * limits.smoothing_count)'
        ) }} end as smoothed_response_rate,
        counts.measured_count,
        case when counts.measured_count > 0 then counts.buyer_count end as buyer_count,
        {{ crm_warehouse.safe_ratio('counts.buyer_count', 'counts.measured_count') }}
            as buyer_rate,
        counts.as_of_on

    from counts
    cross join limits
    left join {{ ref('rule_campaign_breakdowns') }} as breakdowns
        on counts.breakdown_code = breakdowns.breakdown_code
    left join labels
        on counts.breakdown_code = labels.breakdown_code
        and counts.breakdown_value = labels.breakdown_value

)

select * from told
