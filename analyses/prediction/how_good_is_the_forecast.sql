-- 可靠度较高的预测: the methods side by side, as they would have done, and of each tenth of
-- the customers what was expected and what came.
with

backtests as (

    select * from {{ ref('agg_value_backtests') }}

),

deciles as (

    select * from {{ ref('agg_value_backtest_deciles') }}

)

select
    backtests.measure_name,
    backtests.measure_name_zh,
    backtests.method_name,
    backtests.method_name_zh,
    backtests.is_best,
    backtests.is_mature,
    backtests.customer_count,
    backtests.expected_total,
    backtests.actual_total,
    backtests.bias_rate,
    backtests.mean_absolute_error,
    backtests.absolute_error_skill_rate,
    backtests.root_mean_squared_error,
    backtests.squared_error_skill_rate,
    backtests.first_decile_lift_rate,
    backtests.top_fifth_share,
    backtests.holdout_start_on,
    backtests.as_of_on,
    deciles.decile,
    deciles.expected_average,
    deciles.actual_average

from backtests
left join deciles
    on backtests.method_code = deciles.method_code
    and backtests.measure_code = deciles.measure_code
order by
    backtests.measure_order asc nulls last,
    backtests.method_order asc nulls last,
    deciles.decile asc nulls last
