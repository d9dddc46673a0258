-- 大量使用者: the buyers of each category by what they use of it.
with

buyers as (

    select * from {{ ref('int_category_buyers__ranked') }}

),

classes as (

    select * from {{ ref('int_usage_classes__bounded') }}

),

classed as (

    select
        classes.scheme_code,
        buyers.category,
        buyers.customer_id,
        buyers.usage_rank,
        classes.usage_code,
        classes.usage_order,
        classes.usage_name,
        classes.usage_name_zh,
        classes.action,
        classes.action_zh,
        buyers.unit_count,
        classes.next_class_unit_count,
        buyers.net_sales_amount,
        buyers.purchase_day_count,
        classes.population_count,
        classes.as_of_on,
        classes.window_start_on,
        classes.window_month_count

    from buyers
    inner join classes
        on buyers.category = classes.category
        and buyers.usage_rank between classes.first_rank and classes.last_rank

)

select * from classed
