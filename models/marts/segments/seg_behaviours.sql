-- 行为分组 / 分类反应行为模式: who does what, often enough for it to be a habit.
with

evidenced as (

    select * from {{ ref('int_customer_behaviours__evidenced') }}

),

behaviour_groups as (

    select distinct
        behaviour_id,
        behaviour_code,
        group_value

    from {{ ref('int_behaviours__matched') }}

),

rules as (

    select * from {{ ref('rule_behaviours') }}

),

counted as (

    select * from {{ ref('int_customer_evidence__counted') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

shown as (

    select
        evidenced.customer_id,
        evidenced.behaviour_id,
        rules.behaviour_code,
        replace(rules.behaviour_name, '{value}', behaviour_groups.group_value)
            as behaviour_name,
        replace(rules.behaviour_name_zh, '{value}', behaviour_groups.group_value)
            as behaviour_name_zh,
        kinds.kind_code,
        kinds.kind_name,
        kinds.kind_name_zh,
        behaviour_groups.group_value as behaviour_value,
        evidenced.first_on,
        evidenced.last_on,
        kinds.evidence_code,
        evidenced.evidence_count,
        {{ crm_warehouse.safe_ratio(
            'evidenced.evidence_count', 'counted.evidence_count'
        ) }} as evidence_share,
        evidenced.net_sales_amount,
        evidenced.margin_amount,
        evidenced.margin_known_sales_amount,
        customers.is_window_buyer,
        rules.action,
        rules.action_zh,
        rules.minimum_count,
        rules.minimum_share,
        customers.as_of_on,
        customers.window_start_on,
        customers.window_month_count

    from evidenced
    inner join behaviour_groups
        on evidenced.behaviour_id = behaviour_groups.behaviour_id
    inner join rules on behaviour_groups.behaviour_code = rules.behaviour_code
    inner join {{ ref('rule_behaviour_kinds') }} as kinds
        on rules.kind_code = kinds.kind_code
    inner join customers on evidenced.customer_id = customers.customer_id
    left join counted
        on evidenced.customer_id = counted.customer_id
        and kinds.evidence_code = counted.evidence_code

),

grouped as (

    select *

    from shown
    where
        evidence_count >= minimum_count
        and evidence_count > 0
        and (minimum_share = 0 or evidence_share >= minimum_share)

)

select * from grouped
