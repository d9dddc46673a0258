-- Purchase day: a sale ticket, and the day nets to > 0, or to 0 without any return.
with

tickets as (

    select * from {{ ref('fct_transactions') }}

    where customer_id is not null

),

days as (

    select
        customer_id,
        sold_on,
        count(*) filter (where not is_return) as ticket_count,
        count(*) filter (where is_return) as return_count,
        cast(sum(unit_count) as decimal(18, 6)) as unit_count,
        cast(sum(net_sales_amount) as decimal(18, 4)) as net_sales_amount,
        cast(
            coalesce(-sum(net_sales_amount) filter (where is_return), 0)
            as decimal(18, 4)
        ) as return_amount,
        cast(sum(discount_amount) as decimal(18, 4)) as discount_amount,
        cast(sum(margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount

    from tickets

    group by customer_id, sold_on

),

flagged as (

    select
        *,
        ticket_count > 0 and (
            net_sales_amount > 0 or (net_sales_amount = 0 and return_count = 0)
        ) as is_purchase_day

    from days

)

select * from flagged
