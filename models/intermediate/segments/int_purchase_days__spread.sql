-- Clumpiness (Zhang, Bradlow, Small 2013): 1 + sum(x ln x) / ln(n + 1), of n purchase
-- days in N observed ones, x the times from the start over each of them to the end, in
-- parts of N + 1. Logarithms are floats: each term is cut to 12 decimals, then added.
{% set span = crm_warehouse.days_between('eve_on', 'morrow_on') -%}
{% set time = crm_warehouse.days_between('coalesce(previous_on, eve_on)', 'sold_on') -%}
{% set rest = crm_warehouse.days_between('sold_on', 'morrow_on') -%}
with

days as (

    select * from {{ ref('fct_customer_days') }}

    where is_purchase_day

),

-- Before the first purchase of all nobody looked, which is not the same as no purchase.
observed as (

    select
        greatest(max(window_start_on), min(first_purchase_on)) as observed_from_on,
        max(as_of_on) as as_of_on

    from {{ ref('fct_customers') }}

),

ordered as (

    select
        days.customer_id,
        days.sold_on,
        lag(days.sold_on) over (
            partition by days.customer_id order by days.sold_on asc nulls last
        ) as previous_on,
        observed.observed_from_on,
        {{ crm_warehouse.date_add_days('observed.observed_from_on', -1) }}
            as eve_on,
        {{ crm_warehouse.date_add_days('observed.as_of_on', 1) }} as morrow_on

    from days
    cross join observed
    where days.sold_on >= observed.observed_from_on

),

-- From the eve to the morrow it is N + 1 days.
shared as (

    select
        customer_id,
        observed_from_on,
        {{ span }} as span_days,
        cast({{ time }} as double) / {{ span }} as time_share,
        cast({{ rest }} as double) / {{ span }} as rest_share

    from ordered

),

summed as (

    select
        customer_id,
        max(observed_from_on) as observed_from_on,
        max(span_days) - 1 as observed_day_count,
        count(*) as observed_purchase_day_count,
        sum(cast(time_share * ln(time_share) as decimal(18, 12))) as time_sum,
        min(rest_share) as rest_share

    from shared
    group by customer_id

),

spread as (

    select
        customer_id,
        observed_from_on,
        observed_day_count,
        observed_purchase_day_count,
        case when observed_purchase_day_count >= 2 then cast(1 + cast(
            time_sum + cast(rest_share * ln(rest_share) as decimal(18, 12)) as double
        ) / ln(observed_purchase_day_count + 1) as decimal(18, 6)) end as clumpiness

    from summed

)

select * from spread
