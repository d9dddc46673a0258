-- Groups once more from the bridge: their customers, and the two sides of each pair.
with

behaviours as (

    select * from {{ ref('seg_behaviours') }}

),

crosses as (

    select * from {{ ref('agg_behaviour_crosses') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

counted as (

    select
        behaviours.behaviour_id,
        count(*) as customer_count,
        sum(customers.window_net_sales_amount) as net_sales_amount

    from behaviours
    inner join customers on behaviours.customer_id = customers.customer_id
    where behaviours.is_window_buyer
    group by behaviours.behaviour_id

)

select crosses.*
from crosses
left join counted as firsts on crosses.first_behaviour_id = firsts.behaviour_id
left join counted as seconds on crosses.second_behaviour_id = seconds.behaviour_id
where
    crosses.first_behaviour_id >= crosses.second_behaviour_id
    or coalesce(crosses.first_customer_count != firsts.customer_count, true)
    or coalesce(crosses.second_customer_count != seconds.customer_count, true)
    or crosses.both_customer_count
    > least(crosses.first_customer_count, crosses.second_customer_count)
    or crosses.both_customer_count + crosses.either_customer_count
    != crosses.first_customer_count + crosses.second_customer_count
    or crosses.either_customer_count > crosses.population_count
    or crosses.both_net_sales_amount + crosses.either_net_sales_amount
    != firsts.net_sales_amount + seconds.net_sales_amount
