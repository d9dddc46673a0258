-- Also one with M of 0 or below; who did not buy in the window has none.
with

customers as (

    select * from {{ ref('fct_customers') }}

),

rfm as (

    select * from {{ ref('seg_rfm') }}

),

counted as (

    select
        customers.customer_id,
        customers.is_window_buyer,
        count(rfm.segment_name) as segment_count,
        count(rfm.type_name) as type_count

    from customers
    left join rfm on customers.customer_id = rfm.customer_id
    group by
        customers.customer_id,
        customers.is_window_buyer

)

select *
from counted
where
    segment_count != case when is_window_buyer then 1 else 0 end
    or type_count != case when is_window_buyer then 1 else 0 end
