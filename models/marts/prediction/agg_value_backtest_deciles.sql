-- Calibration: what was expected of each tenth of the customers, and what came.
with

deciles as (

    select * from {{ ref('int_backtest_deciles__summed') }}

),

backtests as (

    select * from {{ ref('agg_value_backtests') }}

),

told as (

    select
        deciles.method_code,
        deciles.measure_code,
        deciles.decile,
        backtests.method_order,
        backtests.method_name,
        backtests.method_name_zh,
        backtests.measure_order,
        backtests.measure_name,
        backtests.measure_name_zh,
        deciles.customer_count,
        deciles.expected_total,
        deciles.actual_total,
        {{ safe_ratio('deciles.expected_total', 'deciles.customer_count') }}
            as expected_average,
        {{ safe_ratio('deciles.actual_total', 'deciles.customer_count') }}
            as actual_average,
        backtests.is_best,
        backtests.is_mature,
        backtests.customer_count as population_count,
        backtests.forecast_day_count,
        backtests.holdout_start_on,
        backtests.as_of_on

    from deciles
    inner join backtests
        on deciles.method_code = backtests.method_code
        and deciles.measure_code = backtests.measure_code

)

select * from told
