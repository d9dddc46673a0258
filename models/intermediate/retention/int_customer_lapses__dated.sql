-- Each silence of more than cooling_days after a purchase day, ended or not.
{% set cooling_days = crm_warehouse.checked_integer('cooling_days', 1, 36500) -%}
{% set signal_days = crm_warehouse.checked_integer('churn_signal_days', 1, 3660) -%}
with

days as (

    select * from {{ ref('fct_customer_days') }}
    where is_purchase_day

),

told as (

    select max(as_of_on) as as_of_on
    from {{ ref('fct_customers') }}

),

followed as (

    select
        customer_id,
        sold_on as last_purchase_on,
        lead(sold_on) over (
            partition by customer_id order by sold_on asc nulls last
        ) as came_back_on,
        lead(sold_on, 2) over (
            partition by customer_id order by sold_on asc nulls last
        ) as next_purchase_on,
        lead(net_sales_amount) over (
            partition by customer_id order by sold_on asc nulls last
        ) as comeback_net_sales_amount

    from days

),

lapses as (

    select
        followed.customer_id,
        {{ crm_warehouse.date_add_days(
            'followed.last_purchase_on', cooling_days + 1
        ) }} as lapsed_on,
        followed.last_purchase_on,
        {{ crm_warehouse.date_add_days('followed.last_purchase_on', 1 - signal_days) }}
            as signals_start_on,
        {{ crm_warehouse.date_add_days(
            'followed.last_purchase_on', 1 - 2 * signal_days
        ) }} as habits_start_on,
        followed.came_back_on,
        {{ crm_warehouse.days_between(
            'followed.last_purchase_on', 'followed.came_back_on'
        ) }} as gap_days,
        followed.comeback_net_sales_amount,
        followed.next_purchase_on,
        told.as_of_on

    from followed
    cross join told
    where
        {{ crm_warehouse.days_between(
            'followed.last_purchase_on',
            'coalesce(followed.came_back_on, told.as_of_on)'
        ) }} > {{ cooling_days }}

)

select * from lapses
