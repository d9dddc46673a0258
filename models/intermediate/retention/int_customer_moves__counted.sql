-- 客戶的年度變化: from which state to which, between two month ends, by each scheme.
{% set schemes = {
    'tier': 'tier_code',
    'frozen_tier': 'frozen_tier_code',
    'segment': "coalesce(segment_code, 'outside')",
    'frozen_segment': "coalesce(frozen_segment_code, 'outside')",
    'stage': 'stage_code',
    'activity': 'activity_status',
    'rhythm': "case when is_overdue then 'overdue' when not is_overdue"
        ~ " then 'in_rhythm' else 'no_rhythm' end",
} -%}
with

stated as (

    select
        customer_id,
        month_end_on,
        coalesce(month_end_on > calibrated_on, false) as is_frozen_comparable,
        net_sales_amount,
        {%- for scheme, state in schemes.items() %}
        {{ state }} as {{ scheme }}_to
        {%- if not loop.last %},{% endif %}
        {%- endfor %}

    from {{ ref('fct_customer_months') }}

),

compared as (

    select
        *,
        {%- for scheme in schemes %}
        lag({{ scheme }}_to, 1, 'newcomer') over (
            partition by customer_id order by month_end_on asc nulls last
        ) as {{ scheme }}_from,
        {%- endfor %}
        lag(net_sales_amount, 1, 0) over (
            partition by customer_id order by month_end_on asc nulls last
        ) as previous_net_sales_amount

    from stated

),

-- All schemes in one pass.
counted as (

    select
        case
            {%- for scheme in schemes %}
            when grouping({{ scheme }}_to) = 0 then '{{ scheme }}'
            {%- endfor %}
        end as scheme_code,
        month_end_on,
        is_frozen_comparable,
        {%- for side in ('from', 'to') %}
        case
            {%- for scheme in schemes %}
            when grouping({{ scheme }}_to) = 0 then {{ scheme }}_{{ side }}
            {%- endfor %}
        end as {{ side }}_code,
        {%- endfor %}
        count(*) as customer_count,
        cast(sum(previous_net_sales_amount) as decimal(18, 4))
            as previous_net_sales_amount,
        cast(sum(net_sales_amount) as decimal(18, 4)) as net_sales_amount

    from compared
    group by
        grouping sets (
            {%- for scheme in schemes %}
            (month_end_on, is_frozen_comparable, {{ scheme }}_from, {{ scheme }}_to)
            {%- if not loop.last %},{% endif %}
            {%- endfor %}
        )

),

-- The frozen schemes need thresholds at both month ends.
comparable as (

    select
        scheme_code,
        month_end_on,
        from_code,
        to_code,
        customer_count,
        previous_net_sales_amount,
        net_sales_amount

    from counted
    where
        is_frozen_comparable
        or scheme_code not in ('frozen_tier', 'frozen_segment')

)

select * from comparable
