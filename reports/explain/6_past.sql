-- What one customer was: when they left, and at the last month ends.
with

subjects as (

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
