-- What each customer buys most of, over all history.
with

bought as (

    select * from {{ ref('fct_customer_categories') }}

    where bought_amount > 0

),

ranked as (

    select
        customer_id,
        category as main_category,
        row_number() over (
            partition by customer_id
            order by
                bought_amount desc nulls last,
                unit_count desc nulls last,
                category asc nulls last
        ) as category_rank

    from bought

),

chosen as (

    select
        customer_id,
        main_category

    from ranked
    where category_rank = 1

)

select * from chosen
