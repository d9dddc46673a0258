-- The basis is counted again from the days of purchase; those held, their average times
-- their number, and the others make up its net sales, but for the rounding of averages.
with

levers as (

    select
        lever_code,
        basis_start_on,
        window_start_on,
        as_of_on,
        customer_count,
        held_count,
        held_average_net_sales_amount,
        other_average_net_sales_amount,
        net_sales_amount

    from {{ ref('agg_retention_scenarios') }}
    group by all

),

customers as (

    select * from {{ ref('fct_customers') }}

),

days as (

    select * from {{ ref('fct_customer_days') }}
    where is_purchase_day

),

counted as (

    select
        levers.lever_code,
        count(distinct days.customer_id) as customer_count,
        count(distinct case when customers.is_window_buyer then days.customer_id end)
            as window_buyer_count

    from levers
    inner join days on levers.basis_start_on <= days.sold_on
    inner join customers on days.customer_id = customers.customer_id
    where
        levers.lever_code = 'retention' and days.sold_on < levers.window_start_on
        or levers.lever_code = 'repeat_share' and days.sold_on <= levers.as_of_on
    group by levers.lever_code

)

select levers.*
from levers
left join counted on levers.lever_code = counted.lever_code
where
    counted.customer_count is distinct from levers.customer_count
    or levers.lever_code = 'retention'
    and counted.window_buyer_count != levers.held_count
    or levers.held_count > levers.customer_count
    or abs(
        levers.net_sales_amount
        - levers.held_count * coalesce(levers.held_average_net_sales_amount, 0)
        - (levers.customer_count - levers.held_count)
        * coalesce(levers.other_average_net_sales_amount, 0)
    ) > levers.customer_count * 0.0001
