-- Where the history is long enough and there was somebody to ask about; and no method
-- was nearer by squared errors.
select
    measure_code,
    count(*) filter (where is_best) as best_count

from {{ ref('agg_value_backtests') }}
group by measure_code
having
    count(*) filter (where is_best) != max(
        case when is_mature and customer_count > 0 then 1 else 0 end
    )
    or max(root_mean_squared_error) filter (where is_best)
    > min(root_mean_squared_error)
