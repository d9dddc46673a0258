-- What one customer said of us and to others, and what was said to them.
with

subjects as (

    select
        10 as subject_order,
        'Recommends 推薦意願' as subject,
        format('NPS {:g} of 10', customers.latest_nps_score::double) as answer,
        format(
            'the latest of {} answers, of {}',
            count(answers.response_id),
            max(answers.answered_on)
        ) as reason

    from core.fct_customers as customers
    left join core.fct_surveys as answers
        on customers.customer_id = answers.customer_id
        and customers.as_of_on >= answers.answered_on
        and answers.question = 'nps'
    where
        customers.customer_id = getvariable('customer_id')
        and customers.latest_nps_score is not null
    group by customers.latest_nps_score

    union all

    select
        20 as subject_order,
        'Referrals 轉介紹' as subject,
        format('{} referred', customers.referral_count) as answer,
        concat(
            format(
                '{} of them bought, {:,.2f} in all',
                count(*) filter (followers.is_buyer),
                customers.referred_sales_amount::double
            ),
            format('; the first on {}', min(followers.first_purchase_on))
        ) as reason

    from core.fct_customers as customers
    left join core.fct_referrals as followers
        on customers.customer_id = followers.referred_by_customer_id
    where
        customers.customer_id = getvariable('customer_id')
        and customers.referral_count > 0
    group by
        customers.referral_count,
        customers.referred_sales_amount

    union all

    select
        30 as subject_order,
        'Answers 回應' as subject,
        format('{:.0f} %', 100 * customers.response_rate::double) as answer,
        concat(
            format(
                '{} of {} contacts answered',
                customers.answered_contact_count,
                customers.contact_count
            ),
            format(
                '; lists reckon with a likelihood of {:.2f}',
                contactable.response_likelihood::double
            )
        ) as reason

    from core.fct_customers as customers
    left join care.lst_contactable_customers as contactable
        on customers.customer_id = contactable.customer_id
    where
        customers.customer_id = getvariable('customer_id')
        and customers.contact_count > 0

    union all

    select
        40 as subject_order,
        'Service 服務' as subject,
        format('{} complaints', complaint_count) as answer,
        concat(
            format('of {} service tickets', service_ticket_count),
            format('; they cost {:,.2f}', cost_to_serve_amount::double)
        ) as reason

    from core.fct_customers
    where
        customer_id = getvariable('customer_id')
        and service_ticket_count > 0

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
