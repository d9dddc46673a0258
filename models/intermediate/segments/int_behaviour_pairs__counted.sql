-- Customers in both groups of a pair, and what they bring. Groups that are too small
-- are gone before the join, which costs each customer the square of their groups.
with

numbered as (

    select * from {{ ref('int_behaviour_groups__counted') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

members as (

    select
        members.customer_id,
        numbered.group_number,
        customers.window_net_sales_amount,
        customers.window_margin_amount,
        customers.window_margin_known_sales_amount

    from {{ ref('seg_behaviours') }} as members
    inner join numbered on members.behaviour_id = numbered.behaviour_id
    inner join customers on members.customer_id = customers.customer_id
    where members.is_window_buyer

),

pairs as (

    select
        firsts.group_number as first_group_number,
        seconds.group_number as second_group_number,
        count(*) as customer_count,
        cast(sum(firsts.window_net_sales_amount) as decimal(18, 4))
            as net_sales_amount,
        cast(sum(firsts.window_margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(firsts.window_margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount

    from members as firsts
    inner join members as seconds
        on firsts.customer_id = seconds.customer_id
        and firsts.group_number < seconds.group_number
    group by firsts.group_number, seconds.group_number

)

select * from pairs
