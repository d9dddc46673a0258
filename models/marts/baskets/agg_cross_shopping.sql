-- Which categories, channels and stores share customers: all combinations of
-- the largest.
with

customers as (

    select * from {{ ref('int_customer_sets__shopped') }}

),

combinations as (

    select * from {{ ref('int_set_combinations__named') }}

),

exact as (

    select
        dimension_code,
        combination_number,
        count(*) as customer_count,
        sum(net_sales_amount) as net_sales_amount

    from customers
    group by dimension_code, combination_number

),

counted as (

    select
        combinations.dimension_code,
        combinations.combination_number,
        sum(exact.customer_count) as customer_count,
        sum(exact.net_sales_amount) as net_sales_amount,
        sum(case
            when exact.combination_number = combinations.combination_number
                then exact.customer_count
            else 0
        end) as only_customer_count,
        sum(case
            when exact.combination_number = combinations.combination_number
                then exact.net_sales_amount
            else 0
        end) as only_net_sales_amount

    from combinations
    inner join exact
        on combinations.dimension_code = exact.dimension_code
        and (exact.combination_number & combinations.combination_number)
        = combinations.combination_number
    group by combinations.dimension_code, combinations.combination_number

),

told as (

    select
        counted.dimension_code,
        counted.combination_number,
        dimensions.dimension_order,
        dimensions.dimension_name,
        dimensions.dimension_name_zh,
        combinations.combination_name,
        combinations.set_count,
        cast(counted.customer_count as bigint) as customer_count,
        {{ safe_ratio('counted.customer_count', 'combinations.population_count') }}
            as customer_share,
        cast(counted.only_customer_count as bigint) as only_customer_count,
        {{ safe_ratio('counted.only_customer_count', 'combinations.population_count') }}
            as only_customer_share,
        cast(counted.net_sales_amount as decimal(18, 4)) as net_sales_amount,
        cast(counted.only_net_sales_amount as decimal(18, 4)) as only_net_sales_amount,
        cast({{ safe_ratio(
            'counted.net_sales_amount', 'counted.customer_count'
        ) }} as decimal(18, 4)) as average_net_sales_amount,
        combinations.population_count,
        terms.as_of_on,
        terms.window_start_on,
        terms.window_month_count

    from counted
    cross join {{ ref('int_basket_terms__told') }} as terms
    inner join combinations
        on counted.dimension_code = combinations.dimension_code
        and counted.combination_number = combinations.combination_number
    inner join {{ ref('rule_shopped_dimensions') }} as dimensions
        on counted.dimension_code = dimensions.dimension_code

)

select * from told
