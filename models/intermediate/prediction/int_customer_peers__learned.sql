-- What became of customers of like recency and frequency in the horizon before the day
-- that is told of: no later day is looked at.
{% set weight = crm_warehouse.checked_integer('forecast_peer_customers', 1, 100000) -%}
with

customers as (

    select * from {{ ref('int_customer_origins__summed') }}

),

bands as (

    select * from {{ ref('rule_forecast_bands') }}

),

banded as (

    select
        customers.customer_id,
        customers.origin_number,
        customers.outcome_purchase_day_count,
        recencies.band_code as recency_band_code,
        frequencies.band_code as frequency_band_code

    from customers
    inner join bands as recencies
        on recencies.dimension_code = 'recency'
        and customers.recency_days >= recencies.from_value
        and coalesce(customers.recency_days < recencies.below_value, true)
    inner join bands as frequencies
        on frequencies.dimension_code = 'frequency'
        and customers.year_purchase_day_count >= frequencies.from_value
        and coalesce(
            customers.year_purchase_day_count < frequencies.below_value, true
        )

),

-- By cell, by frequency alone, and all; what came after an origin is told of on the
-- next.
counted as (

    select
        origin_number - 1 as told_number,
        recency_band_code,
        frequency_band_code,
        cast(count(*) as bigint) as customer_count,
        cast(sum(outcome_purchase_day_count) as bigint) as day_count

    from banded
    where outcome_purchase_day_count is not null
    group by grouping sets (
        (origin_number, recency_band_code, frequency_band_code),
        (origin_number, frequency_band_code),
        (origin_number)
    )

),

-- A cell's own mean weighs as many customers as it has, that of its frequency the set
-- number; where nobody had that frequency, the mean of all is told.
learned as (

    select
        banded.customer_id,
        banded.origin_number,
        banded.recency_band_code,
        banded.frequency_band_code,
        coalesce(cells.customer_count, 0) as cell_customer_count,
        coalesce(
            coalesce(cells.day_count, 0) * frequencies.customer_count
            + {{ weight }} * frequencies.day_count,
            wholes.day_count
        ) as expected_part,
        coalesce(
            (coalesce(cells.customer_count, 0) + {{ weight }})
            * frequencies.customer_count,
            wholes.customer_count
        ) as expected_whole

    from banded
    left join counted as cells
        on banded.origin_number = cells.told_number
        and banded.recency_band_code = cells.recency_band_code
        and banded.frequency_band_code = cells.frequency_band_code
    left join counted as frequencies
        on banded.origin_number = frequencies.told_number
        and frequencies.recency_band_code is null
        and banded.frequency_band_code = frequencies.frequency_band_code
    left join counted as wholes
        on banded.origin_number = wholes.told_number
        and wholes.frequency_band_code is null
    where banded.origin_number < 2

)

select * from learned
