-- Of each customer, and never more than the lines of the ledger hold.
with

matrix as (

    select * from {{ ref('seg_value_matrix') }}

),

lines as (

    select
        customer_id,
        sum(net_sales_amount) as bought_amount

    from {{ ref('fct_transaction_lines') }}
    where quantity > 0 and net_sales_amount > 0
    group by customer_id

)

select
    matrix.customer_id,
    matrix.bought_amount,
    matrix.promo_amount,
    lines.bought_amount as ledger_amount

from matrix
left join lines on matrix.customer_id = lines.customer_id
where
    matrix.promo_amount not between 0 and matrix.bought_amount
    or matrix.bought_amount > lines.bought_amount
    or (matrix.bought_amount is not null and lines.bought_amount is null)
