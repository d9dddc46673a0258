-- Told again from the sums: who has a category above both limits has a need, and it is
-- the one of the highest index. The index is not made of rounded shares: of a category
-- that is 0.000077 of the sales, six decimals keep but two digits.
with

categories as (

    select categories.*

    from {{ ref('fct_customer_categories') }} as categories
    inner join {{ ref('fct_customers') }} as customers
        on categories.customer_id = customers.customer_id
    where customers.is_window_buyer

),

limits as (

    select
        max(limit_value) filter (where limit_code = 'least_index') as least_index,
        max(limit_value) filter (where limit_code = 'least_own_share')
            as least_own_share

    from {{ ref('rule_need_limits') }}

),

company as (

    select
        category,
        sum(window_bought_amount) as category_amount,
        sum(sum(window_bought_amount)) over () as company_amount

    from categories
    group by category

),

wholes as (

    select
        customer_id,
        sum(window_bought_amount) as own_amount

    from categories
    group by customer_id

),

expected as (

    select
        categories.customer_id,
        max(
            cast(categories.window_bought_amount as double)
            / nullif(wholes.own_amount, 0)
            * company.company_amount
            / nullif(company.category_amount, 0)
        ) as need_index

    from categories
    inner join wholes on categories.customer_id = wholes.customer_id
    inner join company on categories.category = company.category
    cross join limits
    where
        {{ safe_ratio('categories.window_bought_amount', 'wholes.own_amount') }}
        >= limits.least_own_share
    group by categories.customer_id

),

needs as (

    select * from {{ ref('seg_needs') }}

)

select
    needs.customer_id,
    needs.need_index,
    needs.runner_up_index,
    expected.customer_id as expected_customer_id,
    expected.need_index as expected_need_index

from expected
cross join limits
full outer join needs on expected.customer_id = needs.customer_id
where
    expected.customer_id is null
    or (needs.customer_id is null and expected.need_index > limits.least_index * 1.001)
    or needs.need_index < needs.least_index
    or needs.own_share < needs.least_own_share
    or needs.need_index < needs.runner_up_index
    or abs(needs.need_index / expected.need_index - 1) > 0.001
