-- 老顧客…提高5%: what some points more of retention, or of repeat customers, are worth.
with

scenarios as (

    select * from {{ ref('rule_retention_scenarios') }}

),

levers as (

    select * from {{ ref('int_retention_levers__summed') }}

),

-- Nobody can hold more than all. A digit more, since DuckDB keeps the product of two
-- decimal(18, ...) in 18 digits.
gained as (

    select
        scenarios.scenario_code,
        scenarios.scenario_order,
        scenarios.scenario_name,
        scenarios.scenario_name_zh,
        scenarios.point_share,
        levers.*,
        cast(
            least(
                scenarios.point_share * levers.customer_count,
                levers.customer_count - levers.held_count
            ) as decimal(19, 6)
        ) as gained_customer_count

    from scenarios
    inner join levers on scenarios.lever_code = levers.lever_code

),

-- From the sums: averages rounded first would be off by their number.
valued as (

    select
        *,
        case
            when gained_customer_count = 0 then 0
            else cast(
                {{ safe_ratio(
                    '(gained_customer_count * held_net_sales_amount)', 'held_count'
                ) }} - {{ safe_ratio(
                    '(gained_customer_count * (net_sales_amount'
                    ~ ' - held_net_sales_amount))',
                    '(customer_count - held_count)'
                ) }} as decimal(18, 4)
            )
        end as gained_net_sales_amount

    from gained

),

told as (

    select
        scenario_code,
        scenario_order,
        scenario_name,
        scenario_name_zh,
        lever_code,
        point_share,
        customer_count,
        held_count,
        held_share,
        held_average_net_sales_amount,
        other_average_net_sales_amount,
        held_margin_rate,
        net_sales_amount,
        cast(gained_customer_count as decimal(18, 6)) as gained_customer_count,
        cast(gained_net_sales_amount as decimal(18, 4)) as gained_net_sales_amount,
        {{ safe_ratio('gained_net_sales_amount', 'net_sales_amount') }}
            as gained_net_sales_share,
        {{ money_product('gained_net_sales_amount', 'held_margin_rate') }}
            as gained_margin_amount,
        is_basis_complete,
        history_start_on,
        basis_start_on,
        window_start_on,
        window_month_count,
        as_of_on

    from valued

)

select * from told
