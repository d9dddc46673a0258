-- And who did not buy in the window is in none.
with

customers as (

    select * from {{ ref('fct_customers') }}

),

pyramid as (

    select * from {{ ref('seg_pyramid') }}

),

counted as (

    select
        customers.customer_id,
        customers.is_window_buyer,
        count(pyramid.tier_code) as tier_count

    from customers
    left join pyramid on customers.customer_id = pyramid.customer_id
    group by
        customers.customer_id,
        customers.is_window_buyer

)

select *
from counted
where tier_count != case when is_window_buyer then 1 else 0 end
