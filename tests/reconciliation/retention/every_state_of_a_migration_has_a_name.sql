-- None of the customers of the history gets lost for want of a label of their state.
with

months as (

    select
        month_end_on,
        count(*) as customer_count

    from {{ ref('fct_customer_months') }}
    group by month_end_on

),

migrations as (

    select
        scheme_code,
        month_end_on,
        max(population_count) as population_count,
        sum(customer_count) as customer_count

    from {{ ref('agg_segment_migrations') }}
    group by
        scheme_code,
        month_end_on

)

select migrations.*
from migrations
inner join months on migrations.month_end_on = months.month_end_on
where
    migrations.customer_count != months.customer_count
    or migrations.population_count != months.customer_count
