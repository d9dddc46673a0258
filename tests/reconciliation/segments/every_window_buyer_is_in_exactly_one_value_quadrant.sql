-- And who did not buy in the window is in none.
with

customers as (

    select * from {{ ref('fct_customers') }}

),

matrix as (

    select * from {{ ref('seg_value_matrix') }}

),

counted as (

    select
        customers.customer_id,
        customers.is_window_buyer,
        count(matrix.quadrant_code) as quadrant_count

    from customers
    left join matrix on customers.customer_id = matrix.customer_id
    group by
        customers.customer_id,
        customers.is_window_buyer

)

select *
from counted
where quadrant_count != case when is_window_buyer then 1 else 0 end
