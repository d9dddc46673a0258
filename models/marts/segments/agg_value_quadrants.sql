-- How large each quadrant is, what it brings, and how far promotions draw it.
with

quadrants as (

    select * from {{ ref('rule_value_quadrants') }}

),

matrix as (

    select * from {{ ref('seg_value_matrix') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

company as (

    select * from {{ ref('int_company_rates__summed') }}

),

summed as (

    select
        quadrant_code,
        count(*) as customer_count,
        cast(sum(net_sales_amount) as decimal(18, 4)) as net_sales_amount,
        cast(sum(margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount,
        cast(sum(bought_amount) as decimal(18, 4)) as bought_amount,
        cast(sum(promo_amount) as decimal(18, 4)) as promo_amount,
        {{ safe_ratio('sum(promo_amount)', 'sum(bought_amount)') }} as promo_share

    from matrix
    group by quadrant_code

),

told as (

    select
        quadrants.quadrant_code,
        quadrants.quadrant_order,
        quadrants.sales_level,
        quadrants.margin_level,
        quadrants.quadrant_name,
        quadrants.quadrant_name_zh,
        quadrants.action,
        quadrants.action_zh,
        cast(coalesce(summed.customer_count, 0) as bigint) as customer_count,
        {{ safe_ratio(
            'coalesce(summed.customer_count, 0)', 'population.population_count'
        ) }} as customer_share,
        cast(coalesce(summed.net_sales_amount, 0) as decimal(18, 4))
            as net_sales_amount,
        {{ safe_ratio(
            'coalesce(summed.net_sales_amount, 0)',
            'greatest(population.net_sales_amount, 0)'
        ) }} as net_sales_share,
        summed.margin_amount,
        {{ safe_ratio(
            'summed.margin_amount', 'greatest(population.margin_amount, 0)'
        ) }} as margin_share,
        summed.margin_known_sales_amount,
        {{ safe_ratio(
            'summed.margin_amount', 'greatest(summed.margin_known_sales_amount, 0)'
        ) }} as margin_rate,
        summed.bought_amount,
        summed.promo_amount,
        summed.promo_share,
        -- With a digit more, products are of 38 digits, which both engines hold.
        {{ safe_ratio(
            '(summed.promo_amount * cast(company.bought_amount as decimal(19, 4)))',
            '(summed.bought_amount * cast(company.promo_amount as decimal(19, 4)))'
        ) }} as price_sensitivity_index,
        company.margin_rate as company_margin_rate,
        company.promo_share as company_promo_share,
        population.population_count,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from quadrants
    cross join population
    cross join company
    left join summed on quadrants.quadrant_code = summed.quadrant_code

)

select * from told
