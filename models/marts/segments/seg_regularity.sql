-- 購買規律: how evenly a customer buys, and when the next purchase is due.
with

standings as (

    select * from {{ ref('fct_customer_standings') }}

),

gaps as (

    select * from {{ ref('int_purchase_gaps__judged') }}

),

spread as (

    select * from {{ ref('int_purchase_days__spread') }}

),

due as (

    select * from {{ ref('int_due_gaps__chosen') }}

),

main_categories as (

    select * from {{ ref('int_main_categories__chosen') }}

),

described as (

    select
        standings.customer_id,
        standings.first_purchase_on,
        standings.last_purchase_on,
        standings.recency_days,
        standings.gap_count,
        standings.median_gap_days,
        gaps.mean_gap_days,
        gaps.variation_coefficient,
        gaps.regularity_coefficient,
        gaps.regularity_code,
        gaps.regularity_name,
        gaps.regularity_name_zh,
        gaps.action,
        gaps.action_zh,
        spread.clumpiness,
        spread.observed_purchase_day_count,
        spread.observed_from_on,
        spread.observed_day_count,
        main_categories.main_category,
        due.due_basis_code,
        due.due_basis_name,
        due.due_basis_name_zh,
        due.due_gap_days,
        {{ crm_warehouse.date_add_days(
            'standings.last_purchase_on', 'ceil(due.due_gap_days)'
        ) }} as next_due_on,
        standings.overdue_ratio,
        cast(count(*) over () as bigint) as population_count,
        standings.as_of_on,
        standings.window_start_on,
        standings.window_month_count

    from standings
    inner join gaps on standings.customer_id = gaps.customer_id
    left join spread on standings.customer_id = spread.customer_id
    left join due on standings.customer_id = due.customer_id
    left join main_categories on standings.customer_id = main_categories.customer_id

)

select * from described
