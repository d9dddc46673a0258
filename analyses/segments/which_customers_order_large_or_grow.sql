-- 大訂單/大企業/發展型/下過訂單的客戶: the largest order of each customer, their size, and
-- how their sales of a window changed since the window before. What they buy elsewhere
-- is not known.
with

orders as (

    select
        customer_id,
        max(net_sales_amount) as largest_order_amount,
        count(*) as order_count

    from {{ ref('fct_transactions') }}
    where not is_return and customer_id is not null
    group by customer_id

),

year_before as (

    select
        months.customer_id,
        max_by(months.net_sales_amount, months.month_end_on) as net_sales_amount_before

    from {{ ref('fct_customer_months') }} as months
    inner join {{ ref('fct_customer_standings') }} as standings
        on months.customer_id = standings.customer_id
        and months.month_end_on <= standings.window_start_on
    group by months.customer_id

)

select
    customers.customer_id,
    customers.customer_type,
    customers.company_size,
    orders.order_count,
    orders.largest_order_amount,
    standings.net_sales_amount,
    year_before.net_sales_amount_before,
    standings.net_sales_amount - year_before.net_sales_amount_before as change_amount

from {{ ref('dim_customers') }} as customers
left join orders on customers.customer_id = orders.customer_id
left join {{ ref('fct_customer_standings') }} as standings
    on customers.customer_id = standings.customer_id
left join year_before on customers.customer_id = year_before.customer_id
order by
    orders.largest_order_amount desc nulls last,
    customers.customer_id asc nulls last
