-- What to do about one customer, and by which channels they may be contacted.
with

-- By which channels they may be contacted, and what keeps all of them closed.
contact as (

    select
        customers.*,
        contactable.allowed_channels,
        case
            when contactable.customer_id is not null then 'allowed'
            when customers.has_opted_out then 'opted_out'
            when customers.is_consent_unreadable then 'consent_unreadable'
            when
                customers.has_sms_consent
                or customers.has_email_consent
                or customers.has_phone_consent
                then 'quiet_days'
            else 'no_consent'
        end as permission_code

    from core.dim_customers as customers
    left join care.lst_contactable_customers as contactable
        on customers.customer_id = contactable.customer_id
    where customers.customer_id = getvariable('customer_id')

),

subjects as (

    select
        0 as subject_order,
        'Do 建議' as subject,
        case
            when contact.permission_code = 'allowed'
                then
                    format('{} (by {})', customers.action, contact.allowed_channels)
            else permissions.action
        end as answer,
        case
            when contact.permission_code = 'allowed' then customers.action_zh
            else permissions.action_zh
        end as reason

    from segments.seg_customers as customers
    inner join contact on customers.customer_id = contact.customer_id
    left join care.agg_contact_permissions as permissions
        on
        contact.permission_code = permissions.permission_code
        and permissions.channel_code = 'all'

    union all

    select
        5 as subject_order,
        'Contact 聯絡' as subject,
        case
            when contact.permission_code = 'allowed'
                then format('by {}', contact.allowed_channels)
            when contact.permission_code = 'quiet_days'
                then 'not now · 暫不聯絡'
            else concat_ws(
                ' · ',
                'no',
                permissions.permission_name,
                permissions.permission_name_zh
            )
        end as answer,
        (
            select
                string_agg(
                    format(
                        '{}: {}',
                        channels.channel_name,
                        case
                            when
                                list_contains(
                                    string_split(contact.allowed_channels, ', '),
                                    channels.channel_code
                                )
                                then 'may be contacted'
                            when
                                contact.permission_code in (
                                    'opted_out', 'consent_unreadable'
                                )
                                then permissions.permission_name
                            when
                                not case channels.channel_code
                                    when 'sms' then contact.has_sms_consent
                                    when 'email' then contact.has_email_consent
                                    when 'phone' then contact.has_phone_consent
                                    else true
                                end
                                then 'no consent told'
                            else 'contacted often enough, or a moment ago'
                        end
                    ),
                    '; '
                    order by channels.channel_order
                )

            from care.agg_contact_permissions as channels
            where
                channels.channel_code != 'all'
                and channels.permission_code = 'allowed'
        ) as reason

    from contact
    left join care.agg_contact_permissions as permissions
        on
        contact.permission_code = permissions.permission_code
        and permissions.channel_code = 'all'

)

select
    subject,
    answer,
    reason

from subjects
order by
    subject_order asc,
    subject desc,
    answer asc
