-- 提前排隊購買特價產品…不是常規顧客: flagged, and left in every sum.
with

buyers as (

    select * from {{ ref('fct_customers') }}

    where is_window_buyer

),

limits as (

    select * from {{ ref('int_bargain_limits__set') }}

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

units as (

    select
        product_days.customer_id,
        max(product_days.unit_count) as largest_unit_count,
        cast(coalesce(sum(product_days.product_day_count) filter (
            where product_days.unit_count > limits.bulk_limit_unit_count
        ), 0) as bigint) as bulk_product_day_count

    from {{ ref('int_product_days__counted') }} as product_days
    cross join limits
    group by product_days.customer_id

),

told as (

    select
        buyers.customer_id,
        case
            when promoted.promo_amount is null then null
            when
                buyers.window_ticket_count >= limits.least_ticket_count
                and promoted.promo_amount
                >= promoted.bought_amount
                * cast(limits.least_promo_share as decimal(19, 4))
                then true
            else false
        end as is_cherry_picker,
        units.bulk_product_day_count > 0 as is_bulk_buyer,
        customers.is_house_customer,
        buyers.window_ticket_count > limits.house_limit_ticket_count
        or buyers.window_purchase_day_count > limits.house_limit_purchase_day_count
            as is_house_suspect,
        buyers.window_net_sales_amount as net_sales_amount,
        buyers.window_margin_amount as margin_amount,
        promoted.bought_amount,
        promoted.promo_amount,
        {{ safe_ratio('promoted.promo_amount', 'promoted.bought_amount') }}
            as promo_share,
        buyers.window_ticket_count as ticket_count,
        buyers.window_purchase_day_count as purchase_day_count,
        units.largest_unit_count,
        units.bulk_product_day_count,
        cast(limits.least_promo_share as decimal(18, 6)) as least_promo_share,
        limits.least_ticket_count,
        limits.bulk_limit_unit_count,
        limits.house_limit_ticket_count,
        limits.house_limit_purchase_day_count,
        population.population_count,
        population.as_of_on,
        population.window_start_on,
        population.window_month_count

    from buyers
    inner join {{ ref('dim_customers') }} as customers
        on buyers.customer_id = customers.customer_id
    cross join limits
    cross join population
    left join {{ ref('int_window_buyers__promoted') }} as promoted
        on buyers.customer_id = promoted.customer_id
    left join units on buyers.customer_id = units.customer_id

)

select * from told
