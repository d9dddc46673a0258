-- Customers not contacted weigh as those contacted in the same class do.
with

classes as (

    select * from {{ ref('int_campaign_matches__summed') }}
    where treated_count > 0 and other_count > 0

),

summed as (

    select
        campaign_id,
        {% for column in ('before_amount', 'after_amount') -%}
        sum(treated_{{ column }}) as treated_{{ column }},
        sum({{ crm_warehouse.safe_ratio(
            'other_' ~ column ~ ' * treated_count', 'other_count'
        ) }}) as other_{{ column }},
        {% endfor -%}
        sum(treated_count) as treated_count,
        sum(other_count) as other_count

    from classes
    group by campaign_id

),

weighed as (

    select
        campaign_id,
        cast(treated_count as bigint) as matched_count,
        cast(other_count as bigint) as matched_other_count,
        {% for name in (
            'treated_before', 'treated_after', 'other_before', 'other_after'
        ) -%}
        {{ crm_warehouse.safe_ratio(name ~ '_amount', 'treated_count') }}
            as {{ name }}_average_net_sales,
        {% endfor -%}
        {{ crm_warehouse.safe_ratio(
            '(treated_after_amount - treated_before_amount'
            ~ ' - other_after_amount + other_before_amount)',
            'treated_count'
        ) }} as matched_change_per_customer

    from summed

)

select * from weighed
