-- 客戶的年度變化為什麼如此之大: who moved where between two month ends, and what it brought.
with

moves as (

    select * from {{ ref('int_customer_moves__counted') }}

),

states as (

    select * from {{ ref('int_migration_states__named') }}

),

shared as (

    select
        *,
        cast(sum(customer_count) over (
            partition by scheme_code, month_end_on, from_code
        ) as bigint) as from_customer_count,
        cast(sum(customer_count) over (
            partition by scheme_code, month_end_on
        ) as bigint) as population_count

    from moves

),

told as (

    select
        shared.scheme_code,
        shared.month_end_on,
        shared.from_code,
        shared.to_code,
        sources.scheme_order,
        sources.scheme_name,
        sources.scheme_name_zh,
        sources.is_frozen,
        sources.state_order as from_order,
        sources.state_name as from_name,
        sources.state_name_zh as from_name_zh,
        targets.state_order as to_order,
        targets.state_name as to_name,
        targets.state_name_zh as to_name_zh,
        shared.from_code != shared.to_code as is_moved,
        shared.customer_count,
        shared.from_customer_count,
        {{ safe_ratio('shared.customer_count', 'shared.from_customer_count') }}
            as transition_rate,
        shared.previous_net_sales_amount,
        shared.net_sales_amount,
        cast(
            shared.net_sales_amount - shared.previous_net_sales_amount
            as decimal(18, 4)
        ) as net_sales_change_amount,
        shared.population_count

    from shared
    inner join states as sources
        on shared.scheme_code = sources.scheme_code
        and shared.from_code = sources.state_code
    inner join states as targets
        on shared.scheme_code = targets.scheme_code
        and shared.to_code = targets.state_code

)

select * from told
