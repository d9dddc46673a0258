-- 猜忌-盼望-第一次購置-反復購置-品牌宣揚: from somebody who may want something to somebody
-- who speaks for us.
with

told as (

    select * from {{ ref('int_lives__told') }}

),

stages as (

    select * from {{ ref('rule_lifecycle_stages') }}

),

activities as (

    select * from {{ ref('rule_activity_statuses') }}

),

named as (

    select
        told.lifecycle_id,
        told.customer_id,
        told.lead_id,
        told.stage_code,
        stages.stage_order,
        stages.stage_name,
        stages.stage_name_zh,
        stages.action,
        stages.action_zh,
        told.highest_stage_code,
        told.activity_status,
        activities.activity_name,
        activities.activity_name_zh,
        activities.action as activity_action,
        activities.action_zh as activity_action_zh,
        told.first_purchase_on,
        told.last_purchase_on,
        told.recency_days,
        told.purchase_day_count,
        {% for name in ('active_days', 'cooling_days') -%}
        cast({{ crm_warehouse.checked_integer(name, 1, 36500) }} as integer)
            as {{ name }},
        {% endfor -%}
        told.as_of_on

    from told
    inner join stages on told.stage_code = stages.stage_code
    left join activities on told.activity_status = activities.activity_status

)

select * from named
