-- Contacts of each campaign, and of all, by each breakdown: how many came how far.
{%- set breakdowns = {
    'all': "'all'", 'channel': 'channel', 'segment': 'segment_code',
    'contact_number': 'contact_number_code', 'recent_contacts': 'recent_contacts_code',
    'iso_weekday': 'iso_weekday', 'hour': 'contact_hour',
    'response_class': 'response_class',
} %}
with

contacts as (

    select * from {{ ref('int_contacts__described') }}

),

valued as (

    {% for code, column in breakdowns.items() -%}
    select
        '{{ code }}' as breakdown_code,
        campaign_id as own_campaign_id,
        coalesce(cast({{ column }} as string), 'unknown') as breakdown_value,
        customer_id,
        is_delivered,
        is_opened,
        is_responded,
        is_bought,
        is_opted_out,
        is_measured,
        is_buyer,
        as_of_on
    from contacts
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor %}
),

counted as (

    select
        breakdown_code,
        case when grouping(own_campaign_id) = 1 then 'all' else 'campaign' end
            as scope_code,
        case when grouping(own_campaign_id) = 1 then 'all' else own_campaign_id end
            as campaign_id,
        breakdown_value,
        cast(count(*) as bigint) as reached_count,
        cast(count(distinct customer_id) as bigint) as customer_count,
        {% for name in ('delivered', 'opened', 'responded', 'bought', 'opted_out') -%}
        count(*) filter (where is_{{ name }}) as {{ name }}_count,
        count(is_{{ name }}) as {{ name }}_base_count,
        {% endfor -%}
        {% for name, after in (
            ('opened', 'delivered'), ('responded', 'opened'), ('bought', 'responded')
        ) -%}
        count(*) filter (where is_{{ after }} and is_{{ name }} is not null)
            as {{ name }}_after_base_count,
        count(*) filter (where is_{{ after }} and is_{{ name }})
            as {{ name }}_after_count,
        {% endfor -%}
        count(*) filter (where is_measured) as measured_count,
        count(*) filter (where is_measured and is_buyer) as buyer_count,
        max(as_of_on) as as_of_on

    from valued
    group by grouping sets (
        (breakdown_code, breakdown_value, own_campaign_id),
        (breakdown_code, breakdown_value)
    )

)

select * from counted
