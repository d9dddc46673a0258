-- 高銷售/高毛利四象限: net sales against the threshold, margin rate against the company's.
with

leveled as (

    select * from {{ ref('int_window_buyers__leveled') }}

),

promoted as (

    select * from {{ ref('int_window_buyers__promoted') }}

),

thresholds as (

    select * from {{ ref('int_sales_thresholds__set') }}

),

company as (

    select * from {{ ref('int_company_rates__summed') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

measured as (

    select
        leveled.*,
        coalesce(leveled.sales_level || leveled.margin_level, 'margin_unknown')
            as quadrant_code,
        promoted.bought_amount,
        promoted.promo_amount,
        {{ safe_ratio('promoted.promo_amount', 'promoted.bought_amount') }}
            as promo_share

    from leveled
    left join promoted on leveled.customer_id = promoted.customer_id

),

told as (

    select
        measured.customer_id,
        measured.sales_level,
        measured.margin_level,
        measured.quadrant_code,
        quadrants.quadrant_name,
        quadrants.quadrant_name_zh,
        quadrants.action,
        quadrants.action_zh,
        measured.net_sales_amount,
        measured.margin_amount,
        measured.margin_known_sales_amount,
        measured.margin_rate,
        measured.margin_known_share,
        measured.bought_amount,
        measured.promo_amount,
        measured.promo_share,
        -- With a digit more, products are of 38 digits, which both engines hold.
        {{ safe_ratio(
            '(measured.promo_amount * cast(company.bought_amount as decimal(19, 4)))',
            '(measured.bought_amount * cast(company.promo_amount as decimal(19, 4)))'
        ) }} as price_sensitivity_index,
        thresholds.sales_method_code,
        cast(
            {{ safe_ratio('thresholds.chosen_amount', 'thresholds.chosen_count') }}
            as decimal(18, 4)
        ) as sales_threshold_amount,
        cast(thresholds.least_margin_known_share as decimal(18, 6))
            as least_margin_known_share,
        company.margin_rate as company_margin_rate,
        company.promo_share as company_promo_share,
        population.population_count,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from measured
    inner join {{ ref('rule_value_quadrants') }} as quadrants
        on measured.quadrant_code = quadrants.quadrant_code
    cross join thresholds
    cross join company
    cross join population

)

select * from told
