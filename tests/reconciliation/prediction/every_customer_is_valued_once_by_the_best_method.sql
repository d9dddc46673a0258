-- Something is expected of exactly those who ever bought, never below 0, by the method
-- that was best on net sales, if there was a back-test; their sales are the ledger's.
with

customer_values as (

    select * from {{ ref('fct_customer_values') }}

),

best as (

    select method_code
    from {{ ref('agg_value_backtests') }}
    where is_best and measure_code = 'sales'

),

checks as (

    select concat('not as it should be: ', customer_values.customer_id) as problem
    from customer_values
    left join best on customer_values.method_code = best.method_code
    where
        (customer_values.purchase_day_count > 0) != (
            customer_values.expected_purchases is not null
            and customer_values.expected_spend is not null
        )
        or customer_values.expected_purchases < 0
        or customer_values.expected_spend < 0
        or customer_values.is_backtested != (best.method_code is not null)

    union all

    select 'not all customers, or not all of their sales' as problem
    from customer_values
    having
        count(*) != (select count(*) from {{ ref('fct_customers') }})
        or coalesce(sum(net_sales_amount), 0) != (
            select coalesce(sum(net_sales_amount), 0)
            from {{ ref('fct_transactions') }}
            where not is_anonymous
        )

)

select * from checks
