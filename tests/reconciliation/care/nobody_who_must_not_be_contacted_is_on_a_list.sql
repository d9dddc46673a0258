-- Consent, opt-outs and contacts counted again from the core, for every list and
-- channel that it names.
{% set lists = [
    'lst_birthdays', 'lst_festivals', 'lst_churn_risks', 'lst_replenishments',
    'fct_customer_events', 'lst_contactable_customers'
] -%}
with

listed as (

    {% for list in lists -%}
    select
        '{{ list }}' as list_name,
        customer_id,
        concat(', ', allowed_channels, ',') as allowed_channels,
        preferred_channel_code

    from {{ ref(list) }}
    {%- if not loop.last %}

    union all

    {% endif %}
    {%- endfor %}

),

refused as (

    select
        customer_id,
        'opted out' as refusal,
        cast(null as string) as channel_code

    from {{ ref('fct_campaign_responses') }}
    where is_opt_out

    union all

    select
        customer_id,
        'opted out by now, or of unreadable consent' as refusal,
        cast(null as string) as channel_code

    from {{ ref('dim_customers') }}
    where has_opted_out or is_consent_unreadable

    union all

    select
        customers.customer_id,
        'no consent' as refusal,
        policy.channel_code

    from {{ ref('dim_customers') }} as customers
    inner join {{ ref('rule_contact_policy') }} as policy
        on
        (policy.consent_code = 'sms' and not customers.has_sms_consent)
        or (policy.consent_code = 'email' and not customers.has_email_consent)
        or (policy.consent_code = 'phone' and not customers.has_phone_consent)

    union all

    select
        contacts.customer_id,
        'contacted too often or too lately' as refusal,
        case when policy.channel_code != 'all' then policy.channel_code end
            as channel_code

    from {{ ref('fct_campaign_contacts') }} as contacts
    inner join {{ ref('fct_customers') }} as facts
        on contacts.customer_id = facts.customer_id
    inner join {{ ref('rule_contact_policy') }} as policy
        on policy.channel_code in ('all', contacts.channel_code)
    where not contacts.is_control
    group by
        contacts.customer_id,
        policy.channel_code,
        policy.quiet_day_count,
        policy.cap_contact_count
    having
        max(contacts.contacted_on) > {{ crm_warehouse.date_add_days(
            'max(facts.as_of_on)', '-policy.quiet_day_count'
        ) }}
        or count_if(contacts.contacted_on > {{ crm_warehouse.date_add_days(
            'facts.as_of_on', '-policy.cap_day_count'
        ) }}) >= policy.cap_contact_count

)

select
    listed.list_name,
    listed.customer_id,
    listed.allowed_channels,
    refused.refusal

from listed
inner join refused
    on listed.customer_id = refused.customer_id
    and (
        refused.channel_code is null
        or listed.allowed_channels like concat('%, ', refused.channel_code, ',%')
        or listed.preferred_channel_code = refused.channel_code
    )
