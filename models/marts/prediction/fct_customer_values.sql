-- What each customer has been worth, and what they are expected to buy next.
with

customers as (

    select * from {{ ref('fct_customers') }}

),

-- Worth is money: the method that was best on net sales tells both. Untested, a young
-- shop takes the pace, which learns of nobody else.
chosen as (

    select
        coalesce(max(method_code) filter (
            where is_best and measure_code = 'sales'
        ), 'own_pace') as method_code,
        coalesce(bool_or(is_best and measure_code = 'sales'), false) as is_backtested

    from {{ ref('agg_value_backtests') }}

),

forecasts as (

    select
        forecasts.*,
        methods.method_name,
        methods.method_name_zh,
        chosen.is_backtested,
        count(*) over () as population_count

    from {{ ref('int_customer_forecasts__made') }} as forecasts
    inner join chosen on forecasts.method_code = chosen.method_code
    inner join {{ ref('rule_forecast_methods') }} as methods
        on forecasts.method_code = methods.method_code
    where forecasts.origin_number = 0

),

told as (

    select
        customers.customer_id,
        customers.net_sales_amount,
        customers.margin_amount,
        customers.margin_known_sales_amount,
        customers.purchase_day_count,
        customers.first_purchase_on,
        customers.last_purchase_on,
        customers.recency_days,
        case
            when customers.purchase_day_count > 0
                then customers.purchase_day_count - 1
        end as frequency,
        {{ safe_ratio(
            crm_warehouse.days_between(
                'customers.first_purchase_on', 'customers.last_purchase_on'
            ), '7'
        ) }} as recency,
        {{ safe_ratio(
            crm_warehouse.days_between(
                'customers.first_purchase_on', 'customers.as_of_on'
            ), '7'
        ) }} as age,
        forecasts.expected_purchases,
        forecasts.expected_spend,
        forecasts.method_code,
        forecasts.method_name,
        forecasts.method_name_zh,
        forecasts.is_backtested,
        forecasts.population_count,
        forecasts.forecast_day_count,
        {{ crm_warehouse.date_add_days(
            'customers.as_of_on', 'forecasts.forecast_day_count'
        ) }} as forecast_end_on,
        customers.as_of_on

    from customers
    left join forecasts on customers.customer_id = forecasts.customer_id

)

select * from told
