-- Who used most of a category in the window. A buyer bought it on a purchase day and
-- kept something of what they bought.
with

categories as (

    select * from {{ ref('fct_customer_categories') }}

    where window_purchase_day_count > 0 and window_unit_count > 0

),

ranked as (

    select
        category,
        customer_id,
        window_unit_count as unit_count,
        window_net_sales_amount as net_sales_amount,
        window_purchase_day_count as purchase_day_count,
        cast(row_number() over (
            partition by category
            order by
                window_unit_count desc nulls last,
                window_net_sales_amount desc nulls last,
                window_margin_amount desc nulls last,
                window_purchase_day_count desc nulls last,
                last_purchase_on desc nulls last,
                customer_id asc nulls last
        ) as bigint) as usage_rank,
        as_of_on,
        window_start_on,
        window_month_count

    from categories

)

select * from ranked
