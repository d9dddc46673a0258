-- 計算顧客的流失率: states at month ends compared, by each definition of a lost customer.
with

definitions as (

    select * from {{ ref('rule_churn_definitions') }}

),

states as (

    select * from {{ ref('rule_churn_states') }}

),

moves as (

    select * from {{ ref('int_customer_moves__counted') }}

),

judged as (

    select
        definitions.definition_code,
        definitions.definition_order,
        definitions.definition_name,
        definitions.definition_name_zh,
        moves.month_end_on,
        moves.customer_count,
        moves.previous_net_sales_amount,
        moves.net_sales_amount,
        coalesce(not sources.is_lost, false) as was_kept,
        coalesce(sources.is_lost, false) as was_lost,
        coalesce(not targets.is_lost, false) as is_kept,
        coalesce(targets.is_lost, false) as is_lost

    from moves
    inner join definitions on moves.scheme_code = definitions.scheme_code
    left join states as sources
        on definitions.definition_code = sources.definition_code
        and moves.from_code = sources.state_code
    left join states as targets
        on definitions.definition_code = targets.definition_code
        and moves.to_code = targets.state_code

),

{% set flows = {
    'opening': 'was_kept',
    'new': 'is_kept and not was_kept and not was_lost',
    'reactivated': 'is_kept and was_lost',
    'lost': 'was_kept and is_lost',
    'closing': 'is_kept',
    'opening_lost': 'was_lost',
    'closing_lost': 'is_lost',
} -%}
summed as (

    select
        definition_code,
        month_end_on,
        definition_order,
        definition_name,
        definition_name_zh,
        {%- for flow, condition in flows.items() %}
        cast(coalesce(sum(customer_count) filter (
            where {{ condition }}
        ), 0) as bigint) as {{ flow }}_count,
        {%- endfor %}
        cast(coalesce(sum(previous_net_sales_amount) filter (
            where was_kept and is_lost
        ), 0) as decimal(18, 4)) as lost_net_sales_amount,
        cast(coalesce(sum(net_sales_amount) filter (
            where is_kept and was_lost
        ), 0) as decimal(18, 4)) as reactivated_net_sales_amount

    from judged
    group by
        definition_code,
        month_end_on,
        definition_order,
        definition_name,
        definition_name_zh

),

told as (

    select
        *,
        {{ safe_ratio('lost_count', 'opening_count') }} as churn_rate,
        {{ safe_ratio('reactivated_count', 'opening_lost_count') }} as winback_rate

    from summed

)

select * from told
