-- What the marts say of one customer, and by which figures: one row per subject. What
-- `make explain` shows, out of the published file; the variable customer_id says whom.
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
        10 as subject_order,
        'Purchases' as subject,
        format(
            '{} tickets, {:,.2f}',
            coalesce(bought.ticket_count, 0),
            coalesce(bought.net_sales_amount, 0)::double
        ) as answer,
        case
            when bought.first_purchase_on is null then 'never bought'
            else format(
                '{} purchase days from {} to {}; {} of them, {:,.2f}, since {}',
                bought.purchase_day_count,
                bought.first_purchase_on,
                bought.last_purchase_on,
                bought.window_purchase_day_count,
                bought.window_net_sales_amount::double,
                bought.window_start_on
            )
        end as reason

    from core.fct_customers as bought
    where bought.customer_id = getvariable('customer_id')

    union all

    select
        20 as subject_order,
        'Lifecycle 生命週期' as subject,
        concat_ws(' · ', stage_name, stage_name_zh, activity_name, activity_name_zh)
            as answer,
        case
            when purchase_day_count = 0 or last_purchase_on is null
                then 'no purchase day yet'
            else format(
                '{} purchase day{} ever, the last {} day{} ago '
                '(active up to {}, cooling up to {})',
                purchase_day_count,
                case when purchase_day_count != 1 then 's' else '' end,
                recency_days,
                case when recency_days != 1 then 's' else '' end,
                active_days,
                cooling_days
            )
        end as reason

    from segments.seg_lifecycle
    where customer_id = getvariable('customer_id')

    union all

    select
        30 as subject_order,
        'Pyramid 金字塔' as subject,
        concat_ws(' · ', tier_code, tier_name, tier_name_zh) as answer,
        format(
            'rank {:,} of {:,} window buyers with {:,.2f}; the tier ends at {:,.2f}{}',
            sales_rank,
            population_count,
            ranked_amount::double,
            threshold_amount::double,
            case when is_tie_at_boundary then ', where others have the same' else '' end
        ) as reason

    from segments.seg_pyramid
    where customer_id = getvariable('customer_id')

    union all

    select
        40 as subject_order,
        'RFM' as subject,
        concat_ws(
            ' · ', rfm_code, segment_name, segment_name_zh, type_name, type_name_zh
        ) as answer,
        format(
            'R {}: {} days, {:.0f} % of {:,} buyers wait longer; '
            'F {}: {}, {:.0f} % have fewer; M {}: {:,.2f}, {:.0f} % spend less',
            r_score,
            recency_days,
            100.0 * recency_worse_count / population_count,
            population_count,
            f_score,
            frequency_count,
            100.0 * frequency_worse_count / population_count,
            m_score,
            monetary_amount::double,
            100.0 * monetary_worse_count / population_count
        ) as reason

    from segments.seg_rfm
    where customer_id = getvariable('customer_id')

    union all

    select
        50 as subject_order,
        'Value matrix 四象限' as subject,
        concat_ws(' · ', quadrant_code, quadrant_name, quadrant_name_zh) as answer,
        concat(
            format(
                'sales {:,.2f} against {:,.2f}; ',
                net_sales_amount::double,
                sales_threshold_amount::double
            ),
            case
                when margin_rate is null then 'margin not known'
                else format(
                    'margin {:.1f} % against the company''s {:.1f} %, '
                    'known for {:.0f} % of sales',
                    100 * margin_rate::double,
                    100 * company_margin_rate::double,
                    100 * margin_known_share::double
                )
            end,
            case
                when price_sensitivity_index is not null
                    then
                        format(
                            '; buys promotions {:.2f} times as much as others',
                            price_sensitivity_index::double
                        )
                else ''
            end
        ) as reason

    from segments.seg_value_matrix
    where customer_id = getvariable('customer_id')

    union all

    select
        60 as subject_order,
        'Rhythm 購買規律' as subject,
        concat_ws(' · ', regularity_name, regularity_name_zh) as answer,
        case
            when coalesce(gap_count, 0) = 0 then 'one purchase day has no gap yet'
            else concat(
                format(
                    '{} gaps, half of them up to {} days', gap_count, median_gap_days
                ),
                case
                    when next_due_on is not null
                        then
                            format(
                                '; next due {} ({})', next_due_on, lower(due_basis_name)
                            )
                    else ''
                end,
                case
                    when overdue_ratio is not null
                        then
                            format(
                                '; waits {:.1f} times the own gap',
                                overdue_ratio::double
                            )
                    else ''
                end
            )
        end as reason

    from segments.seg_regularity
    where customer_id = getvariable('customer_id')

    union all

    select
        70 as subject_order,
        'Need 需求' as subject,
        need_category as answer,
        format(
            '{:.0f} % of the own purchases against {:.0f} % of all: '
            '{:.2f} times as much',
            100 * own_share::double,
            100 * company_share::double,
            need_index::double
        ) as reason

    from segments.seg_needs
    where customer_id = getvariable('customer_id')

    union all

    select
        80 as subject_order,
        'Bargains 特價' as subject,
        concat_ws(
            ', ',
            case when is_cherry_picker then 'cherry-picker' end,
            case when is_bulk_buyer then 'bulk buyer' end,
            case when is_house_customer then 'house, staff or test card' end,
            case when is_house_suspect then 'more tickets than a person has' end
        ) as answer,
        format(
            '{:.0f} % bought on promotion, {} tickets',
            100 * coalesce(promo_share, 0)::double,
            ticket_count
        ) as reason

    from segments.seg_bargains
    where
        customer_id = getvariable('customer_id')
        and (
            is_cherry_picker or is_bulk_buyer or is_house_customer or is_house_suspect
        )

    union all

    select
        90 as subject_order,
        'Behaviour 行為' as subject,
        concat_ws(' · ', behaviour_name, behaviour_name_zh) as answer,
        format(
            '{} times from {} to {}; one of {} behaviours',
            evidence_count,
            first_on,
            last_on,
            count(*) over ()
        ) as reason

    from segments.seg_behaviours
    where customer_id = getvariable('customer_id')
    qualify
        row_number() over (
            order by evidence_count desc, behaviour_id asc
        ) <= 5

    union all

    select
        100 as subject_order,
        'Left, and why 流失' as subject,
        concat_ws(' · ', signal_name, signal_name_zh) as answer,
        concat(
            format('lapsed {}, last purchase {}', lapsed_on, last_purchase_on),
            case
                when came_back_on is not null
                    then format('; came back {}', came_back_on)
                else ''
            end
        ) as reason

    from retention.fct_churn_reasons
    where customer_id = getvariable('customer_id')

    union all

    select
        110 as subject_order,
        format('As of {}', month_end_on) as subject,
        concat_ws(
            ' · ', tier_code, rfm_code, segment_name, stage_code, activity_status
        ) as answer,
        format('net sales {:,.2f} in the window before', net_sales_amount::double)
            as reason

    from core.fct_customer_months
    where customer_id = getvariable('customer_id')
    qualify row_number() over (order by month_end_on desc) <= 6

    union all

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
