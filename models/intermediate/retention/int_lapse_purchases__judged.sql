-- Categories that the lost had left before, and products that cost them more.
with

purchases as (

    select * from {{ ref('int_lapse_purchases__gathered') }}

),

rules as (

    select
        max(case when signal_code = 'category_exit' then least_count end)
            as least_habit_count,
        max(case when signal_code = 'price_rise' then least_rate end)
            as least_rise_rate

    from {{ ref('rule_churn_signals') }}

),

categories as (

    select
        customer_id,
        lapsed_on,
        last_purchase_on,
        category,
        count(distinct sold_on) as habit_count

    from purchases
    where category is not null
    group by
        customer_id,
        lapsed_on,
        last_purchase_on,
        category
    having not bool_or(is_recent)

),

-- An exit has no day of its own: the last purchase shows it.
exits as (

    select
        categories.customer_id,
        categories.lapsed_on,
        'category_exit' as signal_code,
        categories.last_purchase_on as signal_on,
        count(*) as signal_count,
        cast(null as decimal(18, 4)) as signal_amount

    from categories
    cross join rules
    where categories.habit_count >= rules.least_habit_count
    group by
        categories.customer_id,
        categories.lapsed_on,
        categories.last_purchase_on

),

rises as (

    select
        purchases.customer_id,
        purchases.lapsed_on,
        'price_rise' as signal_code,
        purchases.sold_on as signal_on,
        count(*) as signal_count,
        cast(sum({{ money_product(
            'purchases.quantity',
            '(purchases.unit_price - purchases.previous_unit_price)'
        ) }}) as decimal(18, 4)) as signal_amount

    from purchases
    cross join rules
    where
        purchases.is_recent
        and purchases.unit_price
        >= purchases.previous_unit_price * (1 + rules.least_rise_rate)
    group by
        purchases.customer_id,
        purchases.lapsed_on,
        purchases.sold_on

),

judged as (

    select * from exits

    union all

    select * from rises

)

select * from judged
