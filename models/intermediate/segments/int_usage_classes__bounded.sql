-- Which ranks each class of a category holds, cut after ceil(N * p) of its N buyers.
with

buyers as (

    select * from {{ ref('int_category_buyers__ranked') }}

),

classes as (

    select * from {{ ref('rule_usage_classes') }}

),

categories as (

    select
        category,
        count(*) as population_count,
        cast(sum(unit_count) as decimal(18, 6)) as population_unit_count,
        cast(sum(net_sales_amount) as decimal(18, 4)) as population_net_sales_amount,
        max(as_of_on) as as_of_on,
        max(window_start_on) as window_start_on,
        max(window_month_count) as window_month_count

    from buyers
    group by category

),

cut as (

    select
        classes.*,
        categories.*,
        {{ top_count('categories.population_count', 'classes.cumulative_share') }}
            as last_rank

    from classes
    cross join categories

),

bounded as (

    select
        *,
        coalesce(lag(last_rank) over (
            partition by scheme_code, category order by usage_order asc nulls last
        ), 0) + 1 as first_rank

    from cut

),

told as (

    select
        bounded.scheme_code,
        bounded.scheme_name,
        bounded.scheme_name_zh,
        bounded.category,
        bounded.usage_code,
        bounded.usage_order,
        bounded.usage_name,
        bounded.usage_name_zh,
        bounded.action,
        bounded.action_zh,
        bounded.cumulative_share,
        bounded.first_rank,
        bounded.last_rank,
        heavier.unit_count as next_class_unit_count,
        bounded.population_count,
        bounded.population_unit_count,
        bounded.population_net_sales_amount,
        bounded.as_of_on,
        bounded.window_start_on,
        bounded.window_month_count

    from bounded
    left join buyers as heavier
        on bounded.category = heavier.category
        and bounded.first_rank - 1 = heavier.usage_rank

)

select * from told
