-- 客户与事件的细分…自动处理: what happened, whom it concerns, what to do and by which
-- channel.
with

found as (

    select * from {{ ref('int_customer_events__found') }}

),

contactable as (

    select * from {{ ref('int_customers__contactable') }}

),

events as (

    select * from {{ ref('rule_customer_events') }}

),

facts as (

    select
        customer_id,
        as_of_on

    from {{ ref('fct_customers') }}

),

told as (

    select
        found.customer_id,
        found.event_code,
        found.event_on,
        events.event_order,
        events.event_name,
        events.event_name_zh,
        found.due_on,
        found.occurrence_count,
        found.event_amount,
        found.tier_code_before,
        found.tier_code,
        contactable.owner_staff_id,
        contactable.allowed_channels,
        contactable.preferred_channel_code,
        contactable.preferred_channel_name,
        contactable.preferred_channel_name_zh,
        events.action,
        events.action_zh,
        facts.as_of_on

    from found
    inner join contactable on found.customer_id = contactable.customer_id
    inner join events on found.event_code = events.event_code
    inner join facts on found.customer_id = facts.customer_id

)

select * from told
