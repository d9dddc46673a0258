-- What is usual for each judged step: the median of earlier rates, how far these lie
-- from it in the median (MAD), and all earlier periods together.
with

earlier as (

    select * from {{ ref('int_funnel_steps__compared') }}

),

-- In millionths, so that medians are of whole numbers.
numbered as (

    select
        *,
        cast(conversion_rate * 1000000 as bigint) as rate_millionths

    from earlier

),

middles as (

    select
        entity_type,
        breakdown_name,
        breakdown_value,
        period_type,
        period_start_on,
        stage_code,
        count(*) as earlier_period_count,
        cast(sum(from_count) as bigint) as earlier_from_count,
        cast(sum(to_count) as bigint) as earlier_to_count,
        {{ crm_warehouse.exact_median('rate_millionths') }} as median_millionths

    from numbered
    group by all

),

-- The median may lie half way between two millionths: twice the distance is whole.
deviated as (

    select
        middles.*,
        cast(
            abs(2 * numbered.rate_millionths - 2 * middles.median_millionths) as bigint
        ) as twice_deviation

    from middles
    inner join numbered
        on middles.entity_type = numbered.entity_type
        and middles.breakdown_name = numbered.breakdown_name
        and middles.breakdown_value = numbered.breakdown_value
        and middles.period_type = numbered.period_type
        and middles.period_start_on = numbered.period_start_on
        and middles.stage_code = numbered.stage_code

),

measured as (

    select
        entity_type,
        breakdown_name,
        breakdown_value,
        period_type,
        period_start_on,
        stage_code,
        earlier_period_count,
        earlier_from_count,
        earlier_to_count,
        median_millionths,
        cast(
            {{ crm_warehouse.exact_median('twice_deviation') }} * 0.5 as decimal(18, 6)
        ) as mad_millionths

    from deviated
    group by all

)

select * from measured
