-- 客戶共同需求細分: the category that a customer buys most above the company's mix.
with

needs as (

    select * from {{ ref('int_customer_needs__ranked') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

told as (

    select
        dominant.customer_id,
        dominant.category as need_category,
        dominant.need_index,
        dominant.own_share,
        dominant.company_share,
        dominant.bought_amount,
        dominant.own_amount,
        dominant.purchase_day_count,
        runner_up.category as runner_up_category,
        runner_up.need_index as runner_up_index,
        runner_up.own_share as runner_up_share,
        dominant.least_index,
        dominant.least_own_share,
        population.population_count,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from needs as dominant
    cross join population
    left join needs as runner_up
        on dominant.customer_id = runner_up.customer_id
        and runner_up.need_rank = 2
    where dominant.need_rank = 1

)

select * from told
