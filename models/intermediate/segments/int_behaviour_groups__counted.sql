-- Groups of enough window buyers to be crossed, and what these bring.
with

members as (

    select * from {{ ref('seg_behaviours') }}

    where is_window_buyer

),

customers as (

    select * from {{ ref('fct_customers') }}

),

counted as (

    select
        members.behaviour_id,
        count(*) as customer_count,
        cast(sum(customers.window_net_sales_amount) as decimal(18, 4))
            as net_sales_amount,
        cast(sum(customers.window_margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(customers.window_margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount

    from members
    inner join customers on members.customer_id = customers.customer_id
    group by members.behaviour_id

),

numbered as (

    select
        *,
        cast(row_number() over (order by behaviour_id asc nulls last) as bigint)
            as group_number

    from counted
    where customer_count >= {{
        crm_warehouse.checked_integer('behaviour_group_customers', 1, 999999)
    }}

)

select * from numbered
