-- As many customers in each tenth, but for one; less is expected from each to the next.
with

deciles as (

    select
        *,
        lag(customer_count) over (
            partition by method_code, measure_code order by decile asc nulls last
        ) as last_customer_count,
        lag(expected_total) over (
            partition by method_code, measure_code order by decile asc nulls last
        ) as last_expected_total

    from {{ ref('agg_value_backtest_deciles') }}

),

summed as (

    select
        method_code,
        measure_code,
        sum(customer_count) as customer_count,
        sum(expected_total) as expected_total,
        sum(actual_total) as actual_total,
        max(customer_count) - min(customer_count) as uneven_count,
        count(*) filter (
            where expected_total * last_customer_count
            > last_expected_total * customer_count
        ) as risen_count

    from deciles
    group by method_code, measure_code

)

select backtests.*
from {{ ref('agg_value_backtests') }} as backtests
left join summed
    on backtests.method_code = summed.method_code
    and backtests.measure_code = summed.measure_code
where
    backtests.customer_count != coalesce(summed.customer_count, 0)
    or backtests.expected_total is distinct from summed.expected_total
    or backtests.actual_total is distinct from summed.actual_total
    or summed.uneven_count > 1
    or summed.risen_count > 0
