-- Which values each rule means, and the groups that come of it.
with

rules as (

    select
        *,
        lower(replace(value_pattern, '*', '')) as stem,
        value_pattern like '*%' as is_open_before,
        value_pattern like '%*' as is_open_behind

    from {{ ref('rule_behaviours') }}

),

met as (

    select
        kind_code,
        behaviour_value,
        lower(behaviour_value) as small_value
    from {{ ref('int_purchases__faceted') }}
    union
    select
        kind_code,
        behaviour_value,
        lower(behaviour_value) as small_value
    from {{ ref('int_customer_habits__summed') }}

),

matched as (

    select
        rules.behaviour_code || case
            when rules.is_each_value then ':' || met.behaviour_value else ''
        end as behaviour_id,
        rules.behaviour_code,
        met.kind_code,
        met.behaviour_value,
        case
            when rules.is_each_value then met.behaviour_value
            else rules.value_pattern
        end as group_value

    from met
    inner join rules
        on met.kind_code = rules.kind_code
        and case
            when rules.is_open_before and rules.is_open_behind
                then instr(met.small_value, rules.stem) > 0
            when rules.is_open_behind
                then substr(met.small_value, 1, length(rules.stem)) = rules.stem
            when rules.is_open_before
                then right(met.small_value, length(rules.stem)) = rules.stem
            else met.small_value = rules.stem
        end

)

select * from matched
