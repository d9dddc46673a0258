-- What each customer could be offered: what goes with what they bought last, and what
-- they buy again and again and is due.
with

-- Due after the mean gap between the days on which it was bought, rounded up.
due as (

    select
        bought.*,
        terms.as_of_on,
        terms.replenish_ahead_days,
        {{ crm_warehouse.date_add_days(
            'bought.last_bought_on',
            crm_warehouse.whole_ratio(
                crm_warehouse.days_between(
                    'bought.first_bought_on', 'bought.last_bought_on'
                )
                ~ ' + bought.bought_day_count - 2',
                '(bought.bought_day_count - 1)'
            )
        ) }} as due_on

    from {{ ref('int_customer_products__summed') }} as bought
    cross join {{ ref('int_basket_terms__told') }} as terms
    where
        bought.is_goods
        and bought.window_line_count > 0
        and bought.bought_day_count >= greatest(terms.replenishable_days, 2)

),

gathered as (

    select
        customer_id,
        product_id,
        'bought_together' as reason_code,
        trigger_product_id,
        lift_rate,
        cast(null as date) as due_on,
        buy_rate
    from {{ ref('int_offers__matched') }}
    union all
    select
        due.customer_id,
        due.product_id,
        case when due.due_on < due.as_of_on then 'run_out' else 'replenish' end
            as reason_code,
        cast(null as string) as trigger_product_id,
        cast(null as decimal(18, 6)) as lift_rate,
        due.due_on,
        {{ safe_ratio(
            'least(due.bought_day_count, customers.purchase_day_count)',
            'customers.purchase_day_count'
        ) }} as buy_rate
    from due
    inner join {{ ref('fct_customers') }} as customers
        on due.customer_id = customers.customer_id
    where due.due_on <= {{ crm_warehouse.date_add_days(
        'due.as_of_on', 'due.replenish_ahead_days'
    ) }}

),

scored as (

    select
        gathered.*,
        valued.item_value_amount,
        {{ money_product('valued.item_value_amount', 'gathered.buy_rate') }}
            as offer_score

    from gathered
    inner join {{ ref('int_products__valued') }} as valued
        on gathered.product_id = valued.product_id
    where valued.item_value_amount > 0

)

select * from scored
