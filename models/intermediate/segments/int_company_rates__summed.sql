-- The company that each customer is held against: all window buyers together.
with

buyers as (

    select * from {{ ref('fct_customers') }}

    where is_window_buyer

),

promoted as (

    select * from {{ ref('int_window_buyers__promoted') }}

),

summed as (

    select
        cast(sum(buyers.window_margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(buyers.window_margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount,
        cast(sum(promoted.bought_amount) as decimal(18, 4)) as bought_amount,
        cast(sum(promoted.promo_amount) as decimal(18, 4)) as promo_amount

    from buyers
    left join promoted on buyers.customer_id = promoted.customer_id

),

told as (

    select
        margin_amount,
        margin_known_sales_amount,
        -- A rate of sales of nothing or less is none.
        case
            when margin_known_sales_amount > 0
                then {{ safe_ratio('margin_amount', 'margin_known_sales_amount') }}
        end as margin_rate,
        bought_amount,
        promo_amount,
        {{ safe_ratio('promo_amount', 'bought_amount') }} as promo_share

    from summed

)

select * from told
