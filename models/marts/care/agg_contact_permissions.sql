-- 接触频率、处理原则: how many customers may be contacted by each channel, and why the
-- others may not.
with

permissions as (

    select
        judged.customer_id,
        judged.channel_code,
        answers.permission_order

    from {{ ref('int_contact_permissions__judged') }} as judged
    inner join {{ ref('rule_contact_permissions') }} as answers
        on judged.permission_code = answers.permission_code

),

-- By any channel a customer may be contacted who may be by one.
everywhere as (

    select * from permissions

    union all

    select
        customer_id,
        'all' as channel_code,
        min(permission_order) as permission_order

    from permissions
    group by customer_id

),

counted as (

    select
        channel_code,
        permission_order,
        count(*) as customer_count

    from everywhere
    group by
        channel_code,
        permission_order

),

population as (

    select
        count(*) as population_count,
        max(as_of_on) as as_of_on

    from {{ ref('fct_customers') }}

),

told as (

    select
        policy.channel_code,
        answers.permission_code,
        policy.channel_order,
        policy.channel_name,
        policy.channel_name_zh,
        answers.permission_order,
        answers.permission_name,
        answers.permission_name_zh,
        answers.is_allowed,
        cast(coalesce(counted.customer_count, 0) as bigint) as customer_count,
        {{ safe_ratio(
            'coalesce(counted.customer_count, 0)', 'population.population_count'
        ) }} as customer_share,
        answers.action,
        answers.action_zh,
        policy.cap_contact_count,
        policy.cap_day_count,
        policy.quiet_day_count,
        population.population_count,
        population.as_of_on

    from {{ ref('rule_contact_policy') }} as policy
    cross join {{ ref('rule_contact_permissions') }} as answers
    cross join population
    left join counted
        on policy.channel_code = counted.channel_code
        and answers.permission_order = counted.permission_order

)

select * from told
