-- Where one customer stands among all, and by which figures.
with

-- Whom they referred and who bought.
followers as (

    select
        count(*) as customer_count,
        min(first_purchase_on) as first_purchase_on

    from core.fct_referrals
    where
        referred_by_customer_id = getvariable('customer_id')
        and first_purchase_on is not null

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
            when lives.purchase_day_count = 0 or lives.last_purchase_on is null
                then 'no purchase day yet'
            else concat(
                format(
                    '{} purchase day{} ever, the last {} day{} ago '
                    '(active up to {}, cooling up to {})',
                    lives.purchase_day_count,
                    case when lives.purchase_day_count != 1 then 's' else '' end,
                    lives.recency_days,
                    case when lives.recency_days != 1 then 's' else '' end,
                    active_days,
                    cooling_days
                ),
                case
                    when stage_code != 'advocate' then ''
                    when followers.customer_count > 0
                        then format(
                            '; speaks for us: {} bought whom they referred, since {}',
                            followers.customer_count,
                            followers.first_purchase_on
                        )
                    else format(
                        '; speaks for us: would recommend us with {:g} of 10',
                        customers.latest_nps_score::double
                    )
                end
            )
        end as reason

    from segments.seg_lifecycle as lives
    cross join followers
    left join core.fct_customers as customers
        on lives.customer_id = customers.customer_id
    where lives.customer_id = getvariable('customer_id')

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
        45 as subject_order,
        'Fixed scale 固定標準' as subject,
        concat_ws(
            ' · ',
            frozen_tier_code,
            frozen_rfm_code,
            frozen_segment_name,
            frozen_segment_name_zh
        ) as answer,
        format(
            'by the limits of {}; now tier {}{}',
            calibrated_on,
            tier_code,
            coalesce(format(', RFM {}', rfm_code), '')
        ) as reason

    from core.fct_customer_standings
    where
        customer_id = getvariable('customer_id')
        and (frozen_tier_code is not null or frozen_rfm_code is not null)

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
