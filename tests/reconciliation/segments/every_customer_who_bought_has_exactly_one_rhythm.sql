-- And a band; clumpiness is told of the window buyers and of nobody else.
with

customers as (

    select * from {{ ref('fct_customers') }}

),

rhythms as (

    select * from {{ ref('seg_regularity') }}

),

counted as (

    select
        customers.customer_id,
        customers.purchase_day_count,
        customers.window_purchase_day_count,
        count(rhythms.regularity_code) as rhythm_count,
        max(rhythms.gap_count) as gap_count,
        max(rhythms.observed_purchase_day_count) as observed_purchase_day_count,
        max(rhythms.population_count) as population_count

    from customers
    left join rhythms on customers.customer_id = rhythms.customer_id
    group by
        customers.customer_id,
        customers.purchase_day_count,
        customers.window_purchase_day_count

),

compared as (

    select
        *,
        count_if(purchase_day_count > 0) over () as expected_population_count

    from counted

)

select *
from compared
where
    rhythm_count != case when purchase_day_count > 0 then 1 else 0 end
    or gap_count != purchase_day_count - 1
    or coalesce(observed_purchase_day_count, 0) != window_purchase_day_count
    or population_count != expected_population_count
