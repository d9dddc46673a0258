-- What is known of each customer on the as-of day, one horizon before it and two before
-- it, and what they did in the horizon after, where that has passed.
{% set day_count = crm_warehouse.checked_integer('forecast_days', 1, 365) -%}
{% set last_day = day_count - 1 -%}
with

days as (

    select * from {{ ref('fct_customer_days') }}

),

told as (

    select max(as_of_on) as as_of_on from {{ ref('fct_customers') }}

),

origins as (

    {% for number in range(3) -%}
    select
        {{ number }} as origin_number,
        {{ crm_warehouse.date_add_days('as_of_on', -number * day_count) }} as origin_on

    from told
    {%- if not loop.last %}

    union all

    {% endif -%}
    {% endfor %}

),

-- One pass over the days for all three; a day after its origin is below 0.
placed as (

    select
        days.customer_id,
        days.is_purchase_day,
        days.net_sales_amount,
        origins.origin_number,
        origins.origin_on,
        {{ crm_warehouse.days_between('days.sold_on', 'origins.origin_on') }}
            as days_before

    from days
    inner join origins
        on days.sold_on <= {{ crm_warehouse.date_add_days(
            'origins.origin_on', day_count
        ) }}

),

summed as (

    select
        customer_id,
        cast(origin_number as integer) as origin_number,
        origin_on,
        cast({{ day_count }} as integer) as forecast_day_count,
        max(days_before) filter (where is_purchase_day) as age_days,
        min(days_before) filter (where is_purchase_day and days_before >= 0)
            as recency_days,
        count(*) filter (where is_purchase_day and days_before >= 0)
            as purchase_day_count,
        cast(sum(net_sales_amount) filter (where days_before >= 0) as decimal(18, 4))
            as net_sales_amount,
        count(*) filter (where is_purchase_day and days_before between 0 and 364)
            as year_purchase_day_count,
        count(*) filter (
            where is_purchase_day and days_before between 0 and {{ last_day }}
        ) as period_purchase_day_count,
        cast(coalesce(sum(net_sales_amount) filter (
            where days_before between 0 and {{ last_day }}
        ), 0) as decimal(18, 4)) as period_net_sales_amount,
        case when origin_number > 0 then count(*) filter (
            where is_purchase_day and days_before < 0
        ) end as outcome_purchase_day_count,
        case when origin_number > 0 then cast(coalesce(sum(net_sales_amount) filter (
            where days_before < 0
        ), 0) as decimal(18, 4)) end as outcome_net_sales_amount

    from placed
    group by customer_id, origin_number, origin_on
    -- Who had not bought by then is no customer yet.
    having min(days_before) filter (where is_purchase_day and days_before >= 0) >= 0

)

select * from summed
