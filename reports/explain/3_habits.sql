-- How one customer buys: rhythm, risk, needs, usage, bargains, behaviours.
with

subjects as (

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
        65 as subject_order,
        'Churn risk 流失風險' as subject,
        case
            when risks.customer_id is null then 'not on the list · 不在名單'
            else format(
                '{} · {} · {:.0f} %',
                risks.risk_name,
                risks.risk_name_zh,
                100 * risks.churn_risk::double
            )
        end as answer,
        case
            when risks.customer_id is not null
                then concat(
                    format(
                        'bought nothing for {} days, lost after {:g} ({}); '
                        'place {} with {:,.2f}: risk × {} {:,.2f}',
                        risks.recency_days,
                        risks.lost_after_days::double,
                        case
                            when risks.has_own_rhythm
                                then format(
                                    'by gaps of {:g} days',
                                    standings.median_gap_days::double
                                )
                            else 'no rhythm of their own'
                        end,
                        risks.priority_rank,
                        risks.priority_amount::double,
                        risks.value_basis_name,
                        risks.value_amount::double
                    ),
                    format(
                        ' × likelihood of an answer {:.2f}',
                        risks.response_likelihood::double
                    )
                )
            when not standings.is_window_buyer then 'bought nothing in the window'
            else concat(
                case
                    when contactable.customer_id is null then 'not to be contacted'
                    else 'too early, or worth nothing'
                end,
                format('; bought {} days ago', standings.recency_days),
                format(', own gaps of {:g} days', standings.median_gap_days::double)
            )
        end as reason

    from core.fct_customer_standings as standings
    left join care.lst_churn_risks as risks
        on standings.customer_id = risks.customer_id
    left join care.lst_contactable_customers as contactable
        on standings.customer_id = contactable.customer_id
    where standings.customer_id = getvariable('customer_id')

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
        75 as subject_order,
        'Usage 用量' as subject,
        format(
            '{}: {}',
            category,
            string_agg(
                concat_ws(' · ', usage_name, usage_name_zh), ' · '
                order by scheme_code asc
            )
        ) as answer,
        concat(
            format(
                '{:g} units, place {:,} of {:,} buyers',
                min(unit_count)::double,
                min(usage_rank),
                min(population_count)
            ),
            format(
                '; {:g} more for the next class',
                min(next_class_unit_count)::double
            ),
            format('; one of {} categories', count(*) over ())
        ) as reason

    from segments.seg_usage
    where customer_id = getvariable('customer_id')
    group by category
    qualify
        row_number() over (
            order by min(usage_order) asc, min(usage_rank) asc, category asc
        ) <= 5

    union all

    select
        80 as subject_order,
        'Bargains 特價' as subject,
        kinds.kind_name as answer,
        case kinds.kind_code
            when 'cherry_picker'
                then format(
                    '{:.0f} % bought on promotion (limit {:.0f} %), '
                    '{} tickets (limit {})',
                    100 * bargains.promo_share::double,
                    100 * bargains.least_promo_share::double,
                    bargains.ticket_count,
                    bargains.least_ticket_count
                )
            when 'bulk'
                then format(
                    'up to {:g} units of a product on one day (limit {:g}), '
                    '{} times above it',
                    bargains.largest_unit_count::double,
                    bargains.bulk_limit_unit_count::double,
                    bargains.bulk_product_day_count
                )
            when 'house_suspect'
                then format(
                    '{} tickets (limit {}) on {} purchase days (limit {})',
                    bargains.ticket_count,
                    bargains.house_limit_ticket_count,
                    bargains.purchase_day_count,
                    bargains.house_limit_purchase_day_count
                )
            else concat(
                'a rule names a card of theirs',
                (
                    select ': ' || string_agg(distinct cards.house_code, ', ')
                    from core.dim_cards as cards
                    where
                        cards.customer_id = getvariable('customer_id')
                        and cards.is_house_card
                )
            )
        end as reason

    from segments.seg_bargains as bargains
    cross join (
        values
        ('cherry_picker', 'cherry-picker'),
        ('bulk', 'bulk buyer'),
        ('house', 'house, staff or test card'),
        ('house_suspect', 'more tickets than a person has')
    ) as kinds (kind_code, kind_name)
    where
        bargains.customer_id = getvariable('customer_id')
        and case kinds.kind_code
            when 'cherry_picker' then bargains.is_cherry_picker
            when 'bulk' then bargains.is_bulk_buyer
            when 'house' then bargains.is_house_customer
            else bargains.is_house_suspect
        end

    union all

    select
        85 as subject_order,
        'Alike 相似' as subject,
        case
            when is_target then 'one of the best · 優質客戶'
            when is_lookalike then 'like the best · 與優質客戶相似'
            else 'unlike the best · 與優質客戶不同'
        end as answer,
        case
            when is_target
                then format(
                    'tier {}, one of the best {} tiers', tier_code, target_tier_count
                )
            else format(
                '{:.0f} % alike in what they buy (limit {:.0f} %), place {:,} of {:,}',
                100 * similarity_rate::double,
                100 * least_similarity_rate::double,
                similarity_rank,
                population_count
            )
        end as reason

    from baskets.seg_lookalikes
    where customer_id = getvariable('customer_id')

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
