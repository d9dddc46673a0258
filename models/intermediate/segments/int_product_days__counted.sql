-- How often each window buyer took home how many units of one product on one day. What
-- was brought back the same day is taken off.
with

lines as (

    select * from {{ ref('fct_transaction_lines') }}

    where customer_id is not null and product_id is not null

),

buyers as (

    select * from {{ ref('fct_customers') }}

    where is_window_buyer

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

product_days as (

    select
        lines.customer_id,
        lines.product_id,
        lines.sold_on,
        cast(sum(lines.quantity) as decimal(18, 6)) as unit_count

    from lines
    inner join population on lines.sold_on >= population.window_start_on
    group by
        lines.customer_id,
        lines.product_id,
        lines.sold_on

),

counted as (

    select
        product_days.customer_id,
        product_days.unit_count,
        count(*) as product_day_count

    from product_days
    inner join buyers on product_days.customer_id = buyers.customer_id
    where product_days.unit_count > 0
    group by
        product_days.customer_id,
        product_days.unit_count

)

select * from counted
