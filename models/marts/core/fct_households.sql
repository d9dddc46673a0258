-- Customers of one household added up: who buys by turns is one budget.
with

customers as (

    select * from {{ ref('dim_customers') }}

    where household_id is not null

),

facts as (

    select * from {{ ref('fct_customers') }}

),

households as (

    select
        customers.household_id,
        count(*) as customer_count,
        max(customers.household_size) as household_size,
        cast(sum(customers.card_count) as bigint) as card_count,
        count(*) filter (where facts.purchase_day_count > 0) as buyer_count,
        count(*) filter (where facts.is_window_buyer) as window_buyer_count,
        min(facts.first_purchase_on) as first_purchase_on,
        max(facts.last_purchase_on) as last_purchase_on,
        cast(sum(facts.ticket_count) as bigint) as ticket_count,
        cast(sum(facts.net_sales_amount) as decimal(18, 4)) as net_sales_amount,
        cast(sum(facts.window_ticket_count) as bigint) as window_ticket_count,
        cast(sum(facts.window_net_sales_amount) as decimal(18, 4))
            as window_net_sales_amount,
        cast(sum(facts.window_margin_amount) as decimal(18, 4))
            as window_margin_amount,
        cast(sum(facts.window_margin_known_sales_amount) as decimal(18, 4))
            as window_margin_known_sales_amount,
        max(facts.as_of_on) as as_of_on,
        max(facts.window_start_on) as window_start_on,
        max(facts.window_month_count) as window_month_count

    from customers
    inner join facts on customers.customer_id = facts.customer_id
    group by customers.household_id

)

select * from households
