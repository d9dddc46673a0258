-- 接触频率、处理原则: may this customer be contacted by this channel on the as-of day?
with

customers as (

    select
        customers.customer_id,
        facts.as_of_on,
        customers.has_sms_consent,
        customers.has_email_consent,
        customers.has_phone_consent,
        customers.has_opted_out,
        customers.is_consent_unreadable

    from {{ ref('dim_customers') }} as customers
    inner join {{ ref('fct_customers') }} as facts
        on customers.customer_id = facts.customer_id

),

policy as (

    select * from {{ ref('rule_contact_policy') }}

),

-- What the row `all` of the policy says of every contact, the others of theirs.
contacted as (

    select
        customers.customer_id,
        policy.channel_code,
        count(*) filter (where {{ crm_warehouse.days_between(
            'contacts.contacted_on', 'customers.as_of_on'
        ) }} < policy.cap_day_count) >= policy.cap_contact_count as is_at_cap,
        min({{ crm_warehouse.days_between(
            'contacts.contacted_on', 'customers.as_of_on'
        ) }}) < policy.quiet_day_count as is_quiet,
        count(*) filter (where contacts.is_answered) as answered_contact_count

    from {{ ref('fct_campaign_contacts') }} as contacts
    inner join customers on contacts.customer_id = customers.customer_id
    inner join policy
        on policy.channel_code = 'all' or contacts.channel_code = policy.channel_code
    where not contacts.is_control
    group by
        customers.customer_id,
        policy.channel_code,
        policy.cap_contact_count,
        policy.quiet_day_count

),

judged as (

    select
        customers.customer_id,
        policy.channel_code,
        policy.channel_order,
        policy.channel_name,
        policy.channel_name_zh,
        coalesce(own.answered_contact_count, 0) as answered_contact_count,
        case
            when customers.has_opted_out then 'opted_out'
            when customers.is_consent_unreadable then 'consent_unreadable'
            when
                not case policy.consent_code
                    when 'sms' then customers.has_sms_consent
                    when 'email' then customers.has_email_consent
                    when 'phone' then customers.has_phone_consent
                    else false
                end
                then 'no_consent'
            when own.is_at_cap or overall.is_at_cap then 'cap_reached'
            when own.is_quiet or overall.is_quiet then 'quiet_days'
            else 'allowed'
        end as permission_code

    from customers
    inner join policy on policy.channel_code != 'all'
    left join contacted as own
        on customers.customer_id = own.customer_id
        and policy.channel_code = own.channel_code
    left join contacted as overall
        on customers.customer_id = overall.customer_id
        and overall.channel_code = 'all'

)

select * from judged
