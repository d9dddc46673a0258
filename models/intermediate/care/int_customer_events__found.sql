-- 客户与事件的细分: what happened in customers' lives lately, or is about to.
{% set event_days = crm_warehouse.checked_integer('customer_event_days', 1, 3660) -%}
{% set lost_gaps = crm_warehouse.checked_integer('overdue_gaps', 1, 1000) -%}
{# Overdue begins once more than so many median gaps have passed. -#}
{% set kinds = [
    {'code': "'first_purchase'", 'rows': ref('fct_customer_standings'),
     'on': 'first_purchase_on'},
    {'code': 'event_code', 'rows': ref('int_tiers__moved'), 'on': 'event_on',
     'tier_code_before': 'tier_code_before', 'tier_code': 'tier_code'},
    {'code': "'overdue'", 'rows': ref('fct_customer_standings'),
     'where': 'is_overdue',
     'on': crm_warehouse.date_add_days(
         'last_purchase_on', 'floor(median_gap_days * ' ~ lost_gaps ~ ') + 1'
     )},
    {'code': "case when closed_at is null then 'complaint' else 'complaint_closed' end",
     'rows': ref('fct_service_tickets'), 'where': 'is_complaint', 'on': 'opened_on'},
    {'code': "'birthday'", 'rows': 'birthdays', 'due': 'birthday_on',
     'on': crm_warehouse.date_add_days('birthday_on', '-notice_day_count')},
    {'code': "'balance_low'", 'rows': ref('int_balances__lowered'), 'on': 'event_on',
     'amount': 'balance_amount'},
    {'code': "'coupon_expiring'", 'rows': 'coupons', 'due': 'valid_to_on',
     'amount': 'face_amount',
     'on': 'greatest(' ~ crm_warehouse.date_add_days('valid_to_on', '-notice_day_count')
     ~ ', coalesce(issued_on, valid_from_on))'},
] -%}
with

birthdays as (

    select
        birthdays.*,
        events.notice_day_count

    from {{ ref('fct_birthdays') }} as birthdays
    inner join {{ ref('rule_customer_events') }} as events
        on events.event_code = 'birthday'

),

coupons as (

    select
        coupons.*,
        events.notice_day_count

    from {{ ref('dim_coupons') }} as coupons
    inner join {{ ref('rule_customer_events') }} as events
        on events.event_code = 'coupon_expiring'
    left join {{ ref('fct_coupon_redemptions') }} as redemptions
        on coupons.coupon_id = redemptions.coupon_id
    where redemptions.coupon_id is null

),

happened as (

    {% for kind in kinds -%}
    select
        customer_id,
        {{ kind.code }} as event_code,
        {{ kind.on }} as event_on,
        cast({{ kind.due or 'null' }} as date) as due_on,
        cast({{ kind.amount or 'null' }} as decimal(18, 4)) as event_amount,
        cast({{ kind.tier_code_before or 'null' }} as string) as tier_code_before,
        cast({{ kind.tier_code or 'null' }} as string) as tier_code
    from {{ kind.rows }}
    {% if kind.where %}where {{ kind.where }}{% endif %}
    {%- if not loop.last %}

    union all

    {% endif %}
    {%- endfor %}

),

found as (

    select
        happened.customer_id,
        happened.event_code,
        happened.event_on,
        min(happened.due_on) as due_on,
        count(*) as occurrence_count,
        cast(sum(happened.event_amount) as decimal(18, 4)) as event_amount,
        max(happened.tier_code_before) as tier_code_before,
        max(happened.tier_code) as tier_code

    from happened
    inner join {{ ref('fct_customers') }} as facts
        on happened.customer_id = facts.customer_id
    where
        {{ crm_warehouse.days_between('happened.event_on', 'facts.as_of_on') }}
        between 0 and {{ event_days - 1 }}
        and coalesce(happened.due_on, facts.as_of_on) >= facts.as_of_on
    group by happened.customer_id, happened.event_code, happened.event_on

)

select * from found
