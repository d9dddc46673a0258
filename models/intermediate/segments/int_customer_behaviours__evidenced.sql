-- How often, when and for how much each customer did what each group is of.
with

matched as (

    select * from {{ ref('int_behaviours__matched') }}

),

purchases as (

    select * from {{ ref('int_customer_purchases__summed') }}

),

habits as (

    select * from {{ ref('int_customer_habits__summed') }}

),

-- Two values of one group, such as two colours, make a line no two lines.
grouped_purchases as (

    select distinct
        faceted.product_id,
        faceted.is_campaign,
        faceted.is_coupon,
        faceted.is_discount,
        faceted.is_new_product,
        matched.behaviour_id

    from {{ ref('int_purchases__faceted') }} as faceted
    inner join matched
        on faceted.kind_code = matched.kind_code
        and faceted.behaviour_value = matched.behaviour_value

),

pieces as (

    select
        purchases.customer_id,
        grouped_purchases.behaviour_id,
        purchases.line_count as evidence_count,
        purchases.first_on,
        purchases.last_on,
        purchases.net_sales_amount,
        purchases.margin_amount,
        purchases.margin_known_sales_amount

    from purchases
    inner join grouped_purchases
        on purchases.product_id = grouped_purchases.product_id
        and purchases.is_campaign = grouped_purchases.is_campaign
        and purchases.is_coupon = grouped_purchases.is_coupon
        and purchases.is_discount = grouped_purchases.is_discount
        and purchases.is_new_product = grouped_purchases.is_new_product
    union all
    select
        habits.customer_id,
        matched.behaviour_id,
        habits.evidence_count,
        habits.first_on,
        habits.last_on,
        habits.net_sales_amount,
        habits.margin_amount,
        habits.margin_known_sales_amount

    from habits
    inner join matched
        on habits.kind_code = matched.kind_code
        and habits.behaviour_value = matched.behaviour_value

),

evidenced as (

    select
        customer_id,
        behaviour_id,
        cast(sum(evidence_count) as bigint) as evidence_count,
        min(first_on) as first_on,
        max(last_on) as last_on,
        cast(sum(net_sales_amount) as decimal(18, 4)) as net_sales_amount,
        cast(sum(margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount

    from pieces
    group by customer_id, behaviour_id

)

select * from evidenced
