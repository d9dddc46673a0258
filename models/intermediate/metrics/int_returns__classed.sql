-- Returns, whether their customer brings back again and again (within the window).
with

returns as (

    select * from {{ ref('fct_returns') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

limits as (

    select
        max(case when limit_code = 'least_return_count' then limit_value end)
            as least_return_count,
        max(case when limit_code = 'least_return_share' then limit_value end)
            as least_return_share

    from {{ ref('rule_serial_returns') }}

),

serial as (

    select customers.customer_id

    from customers
    cross join limits
    where
        customers.window_return_count >= limits.least_return_count
        and customers.window_return_amount >= limits.least_return_share * cast(
            customers.window_net_sales_amount + customers.window_return_amount
            as decimal(19, 4)
        )

),

classed as (

    select
        returns.*,
        serial.customer_id is not null as is_serial

    from returns
    left join serial on returns.customer_id = serial.customer_id

)

select * from classed
