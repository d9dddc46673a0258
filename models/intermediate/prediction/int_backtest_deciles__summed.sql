-- The holdout: what each method would have expected one horizon ago beside what came,
-- by tenths of the customers, from those of whom most was expected down.
with

forecasts as (

    select
        *,
        {{ crm_warehouse.row_digest(['customer_id']) }} as lot_number

    from {{ ref('int_customer_forecasts__made') }}
    where origin_number = 1

),

compared as (

    select
        forecasts.customer_id,
        forecasts.method_code,
        measures.measure_code,
        forecasts.lot_number,
        case measures.measure_code
            when 'purchases' then forecasts.expected_purchases
            when 'sales' then forecasts.expected_spend
        end as expected_value,
        case measures.measure_code
            when 'purchases'
                then cast(forecasts.outcome_purchase_day_count as decimal(18, 4))
            when 'sales' then forecasts.outcome_net_sales_amount
        end as actual_value

    from forecasts
    cross join {{ ref('rule_forecast_measures') }} as measures

),

-- Ties are drawn by lot: ids often follow the day on which a customer came.
ranked as (

    select
        *,
        cast(row_number() over (
            partition by method_code, measure_code
            order by
                expected_value desc nulls last,
                lot_number asc nulls last,
                customer_id asc nulls last
        ) as bigint) as expected_rank,
        count(*) over (partition by method_code, measure_code) as customer_count

    from compared
    where expected_value is not null

),

deciles as (

    select
        *,
        cast(abs(expected_value - actual_value) as decimal(18, 4)) as error_value,
        cast({{ crm_warehouse.whole_part(
            '10 * (expected_rank - 1)', 'customer_count'
        ) }} + 1 as integer) as decile

    from ranked

),

summed as (

    select
        method_code,
        measure_code,
        decile,
        count(*) as customer_count,
        cast(sum(expected_value) as decimal(18, 4)) as expected_total,
        cast(sum(actual_value) as decimal(18, 4)) as actual_total,
        cast(sum(error_value) as decimal(18, 4)) as error_total,
        cast(sum(cast(error_value as decimal(19, 4)) * error_value) as decimal(38, 8))
            as square_total

    from deciles
    group by method_code, measure_code, decile

)

select * from summed
