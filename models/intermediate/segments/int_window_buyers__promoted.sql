-- What each window buyer bought, and how much of it on promotion. What was brought back
-- names no promotion and does not say why it was bought: it is left out of both.
with

lines as (

    select * from {{ ref('fct_transaction_lines') }}

    where customer_id is not null and quantity > 0 and net_sales_amount > 0

),

buyers as (

    select * from {{ ref('fct_customers') }}

    where is_window_buyer

),

population as (

    select * from {{ ref('int_window_buyers__counted') }}

),

bought as (

    select
        lines.customer_id,
        cast(sum(lines.net_sales_amount) as decimal(18, 4)) as bought_amount,
        cast(coalesce(sum(lines.net_sales_amount) filter (
            where lines.campaign_id is not null
            or lines.coupon_id is not null
            or lines.discount_amount > 0
        ), 0) as decimal(18, 4)) as promo_amount

    from lines
    inner join population on lines.sold_on >= population.window_start_on
    where not lines.is_return
    group by lines.customer_id

),

-- Where nobody's purchase tells a promotion, none are handed over, and none are known.
promoted as (

    select
        bought.customer_id,
        bought.bought_amount,
        case when max(bought.promo_amount) over () > 0 then bought.promo_amount end
            as promo_amount

    from bought
    inner join buyers on bought.customer_id = buyers.customer_id

)

select * from promoted
