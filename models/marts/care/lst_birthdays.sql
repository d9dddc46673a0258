-- 生日: whom to congratulate, when and by which channel.
with

birthdays as (

    select * from {{ ref('fct_birthdays') }}

),

contactable as (

    select * from {{ ref('int_customers__contactable') }}

),

customers as (

    select * from {{ ref('seg_customers') }}

),

events as (

    select * from {{ ref('rule_customer_events') }}
    where event_code = 'birthday'

),

listed as (

    select
        birthdays.customer_id,
        birthdays.birthday_on,
        {{ crm_warehouse.days_between('birthdays.as_of_on', 'birthdays.birthday_on') }}
            as notice_days,
        customers.tier_code,
        customers.tier_name,
        customers.tier_name_zh,
        customers.stage_name,
        customers.stage_name_zh,
        contactable.owner_staff_id,
        customers.home_store_id,
        contactable.allowed_channels,
        contactable.preferred_channel_code,
        contactable.preferred_channel_name,
        contactable.preferred_channel_name_zh,
        events.action,
        events.action_zh,
        birthdays.as_of_on

    from birthdays
    inner join contactable on birthdays.customer_id = contactable.customer_id
    inner join customers on birthdays.customer_id = customers.customer_id
    cross join events

)

select * from listed
