-- What came is in the ledger: the sales and purchase days, in the holdout, of who had
-- bought before it; what last_period expects are their purchase days in as many before.
with

backtests as (

    select
        *,
        {{ crm_warehouse.date_add_days('holdout_start_on', '-forecast_day_count') }}
            as period_start_on

    from {{ ref('agg_value_backtests') }}
    where customer_count > 0

),

customers as (

    select
        customer_id,
        first_purchase_on
    from {{ ref('fct_customers') }}

),

tickets as (

    select
        customers.first_purchase_on,
        tickets.sold_on,
        tickets.net_sales_amount
    from {{ ref('fct_transactions') }} as tickets
    inner join customers on tickets.customer_id = customers.customer_id

),

purchases as (

    select
        customers.first_purchase_on,
        days.sold_on
    from {{ ref('fct_customer_days') }} as days
    inner join customers on days.customer_id = customers.customer_id
    where days.is_purchase_day

),

sold as (

    select
        backtests.method_code,
        backtests.measure_code,
        sum(tickets.net_sales_amount) as actual_total,
        cast(null as decimal(18, 4)) as expected_total

    from backtests
    left join tickets
        on backtests.holdout_start_on > tickets.first_purchase_on
        and tickets.sold_on between backtests.holdout_start_on and backtests.as_of_on
    where backtests.measure_code = 'sales'
    group by backtests.method_code, backtests.measure_code

),

bought as (

    select
        backtests.method_code,
        backtests.measure_code,
        count(case
            when purchases.sold_on >= backtests.holdout_start_on then 1
        end) as actual_total,
        count(case
            when purchases.sold_on < backtests.holdout_start_on then 1
        end) as expected_total

    from backtests
    left join purchases
        on backtests.holdout_start_on > purchases.first_purchase_on
        and purchases.sold_on between backtests.period_start_on and backtests.as_of_on
    where backtests.measure_code = 'purchases'
    group by backtests.method_code, backtests.measure_code

),

ledger as (

    select * from sold

    union all

    select * from bought

),

populations as (

    select
        backtests.method_code,
        backtests.measure_code,
        count(customers.customer_id) as customer_count

    from backtests
    left join customers
        on backtests.holdout_start_on > customers.first_purchase_on
    group by backtests.method_code, backtests.measure_code

)

select
    backtests.*,
    ledger.actual_total as ledger_actual_total,
    ledger.expected_total as ledger_expected_total,
    populations.customer_count as known_count

from backtests
left join ledger
    on backtests.method_code = ledger.method_code
    and backtests.measure_code = ledger.measure_code
left join populations
    on backtests.method_code = populations.method_code
    and backtests.measure_code = populations.measure_code
where
    backtests.actual_total != coalesce(ledger.actual_total, 0)
    or backtests.customer_count is distinct from populations.customer_count
    or (
        backtests.method_code = 'last_period'
        and backtests.expected_total != ledger.expected_total
    )
