-- What the classes of users use of each category: two halves, 79 %, 4 times.
with

buyers as (

    select * from {{ ref('seg_usage') }}

),

classes as (

    select * from {{ ref('int_usage_classes__bounded') }}

),

summed as (

    select
        scheme_code,
        category,
        usage_code,
        count(*) as customer_count,
        sum(unit_count) as unit_count,
        min(unit_count) as least_unit_count,
        sum(net_sales_amount) as net_sales_amount

    from buyers
    group by scheme_code, category, usage_code

),

-- A class may be empty: the medium one where a category has but one buyer.
counted as (

    select
        classes.*,
        cast(coalesce(summed.customer_count, 0) as bigint) as customer_count,
        cast(coalesce(summed.unit_count, 0) as decimal(18, 6)) as unit_count,
        summed.least_unit_count,
        cast(coalesce(summed.net_sales_amount, 0) as decimal(18, 4))
            as net_sales_amount

    from classes
    left join summed
        on classes.scheme_code = summed.scheme_code
        and classes.category = summed.category
        and classes.usage_code = summed.usage_code

),

compared as (

    select
        *,
        first_value(unit_count) over (
            partition by scheme_code, category order by usage_order desc nulls last
        ) as light_unit_count

    from counted

),

told as (

    select
        scheme_code,
        category,
        usage_code,
        usage_order,
        scheme_name,
        scheme_name_zh,
        usage_name,
        usage_name_zh,
        action,
        action_zh,
        customer_count,
        {{ safe_ratio('customer_count', 'population_count') }} as customer_share,
        unit_count,
        {{ safe_ratio('unit_count', 'population_unit_count') }} as unit_share,
        {{ safe_ratio('unit_count', 'light_unit_count') }} as light_index,
        {{ safe_ratio('unit_count', 'customer_count') }} as average_unit_count,
        cast(least_unit_count as decimal(18, 6)) as least_unit_count,
        net_sales_amount,
        {{ safe_ratio('net_sales_amount', 'population_net_sales_amount') }}
            as net_sales_share,
        cumulative_share,
        population_count,
        as_of_on,
        window_start_on,
        window_month_count

    from compared

)

select * from told
