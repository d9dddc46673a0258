-- Heads by cohort are the customers who ever bought; their net sales, with those of who
-- never bought and what came before the first purchase month, are the ledger's.
with

cells as (

    select * from {{ ref('agg_cohort_months') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

days as (

    select * from {{ ref('fct_customer_days') }}

),

tickets as (

    select * from {{ ref('fct_transactions') }}
    where not is_anonymous

),

told as (

    select
        coalesce(sum(customer_count) filter (where months_since = 0), 0)
            as customer_count,
        coalesce(sum(net_sales_amount), 0) as net_sales_amount,
        count(*) filter (where buyer_count > customer_count) as overfull_count,
        count(*) filter (
            where months_since = 0 and buyer_count != customer_count
        ) as incomplete_birth_count

    from cells

),

outside as (

    select coalesce(sum(days.net_sales_amount), 0) as net_sales_amount
    from days
    inner join customers on days.customer_id = customers.customer_id
    where
        customers.first_purchase_on is null
        or days.sold_on < {{ month_start('customers.first_purchase_on') }}

),

buyers as (

    select count(*) as customer_count
    from customers
    where purchase_day_count > 0

),

ledger as (

    select coalesce(sum(net_sales_amount), 0) as net_sales_amount
    from tickets

)

select
    told.*,
    outside.net_sales_amount as outside_amount,
    buyers.customer_count as buyer_count,
    ledger.net_sales_amount as ledger_amount

from told
cross join outside
cross join buyers
cross join ledger
where
    told.customer_count != buyers.customer_count
    or told.net_sales_amount + outside.net_sales_amount != ledger.net_sales_amount
    or told.overfull_count > 0
    or told.incomplete_birth_count > 0
