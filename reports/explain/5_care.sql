-- On which lists one customer stands today, and why; birthdays keep their day.
with

subjects as (

    select
        10 as subject_order,
        'Event 事件' as subject,
        concat_ws(' · ', event_name, event_name_zh) as answer,
        case
            when event_code = 'birthday' then action
            else concat(
                format('on {}', event_on),
                format('; until {}', due_on),
                format('; {:,.2f}', event_amount::double),
                format('; from {} to {}', tier_code_before, tier_code),
                format('; {}', action)
            )
        end as reason

    from care.fct_customer_events
    where customer_id = getvariable('customer_id')
    qualify row_number() over (order by event_on desc, event_order asc) <= 5

    union all

    select
        20 as subject_order,
        'List 名單' as subject,
        'birthday · 生日' as answer,
        action as reason

    from care.lst_birthdays
    where customer_id = getvariable('customer_id')

    union all

    select
        20 as subject_order,
        'List 名單' as subject,
        concat_ws(' · ', festival_name, festival_name_zh) as answer,
        format(
            'on {}; rank {:,} of {:,} with {:,.2f}; {}',
            festival_on,
            sales_rank,
            population_count,
            net_sales_amount::double,
            action
        ) as reason

    from care.lst_festivals
    where customer_id = getvariable('customer_id')

    union all

    select
        30 as subject_order,
        'Used up 待補購' as subject,
        concat_ws(' · ', category, band_name, band_name_zh) as answer,
        format(
            'bought {} days ago, every {:g} days by {} gaps; due {}; {}',
            recency_days,
            median_gap_days::double,
            gap_count,
            due_on,
            action
        ) as reason

    from care.lst_replenishments
    where customer_id = getvariable('customer_id')
    qualify
        row_number() over (
            order by window_net_sales_amount desc, category asc nulls first
        ) <= 5

    union all

    select
        40 as subject_order,
        'Offer 推薦' as subject,
        concat_ws(
            ' · ',
            format('{}. {}', offer_rank, coalesce(product_name, product_id)),
            reason_name,
            reason_name_zh
        ) as answer,
        concat(
            format('with {}; ', coalesce(trigger_product_name, trigger_product_id)),
            format('{:.1f} times as likely as for others; ', lift_rate::double),
            format('due {}; ', due_on),
            format(
                '{:.1f} % × {:,.2f} = {:,.2f}',
                100 * buy_rate::double,
                item_value_amount::double,
                offer_score::double
            ),
            format('; on {}', offer_on)
        ) as reason

    from baskets.lst_next_offers
    where customer_id = getvariable('customer_id')
    qualify row_number() over (order by offer_rank asc) <= 3

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
