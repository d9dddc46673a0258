with

told as (

    select * from {{ ref('int_as_of') }}

),

first_days as (

    select min(sold_on) as first_day from {{ ref('int_tickets__settled') }}

    union all

    select min(cast(created_at as date)) as first_day from {{ ref('stg_crm__leads') }}

    union all

    select min(cast(created_at as date)) as first_day
    from {{ ref('stg_crm__opportunities') }}

),

bounds as (

    select
        cast(date_trunc('year', min(first_days.first_day)) as date) as first_day,
        {{ crm_warehouse.date_add_days(
            crm_warehouse.add_months(
                "cast(date_trunc('year', max(told.as_of_on)) as date)", 12
            ), -1
        ) }} as last_day

    from first_days

    cross join told

),

days as (

    select {{ crm_warehouse.day_series('first_day', 'last_day') }} as date_on

    from bounds

    where first_day <= last_day

),

festivals as (

    select
        festival_on,
        min_by(festival_name, festival_order) as festival_name,
        min_by(festival_name_zh, festival_order) as festival_name_zh

    from {{ ref('rule_festivals') }}

    group by festival_on

),

{% set fiscal_shift = 13 - crm_warehouse.checked_integer('fiscal_year_start_month', 1, 12) -%}
dated as (

    select
        date_on,
        {{ crm_warehouse.iso_weekday('date_on') }} as iso_weekday,
        {{ crm_warehouse.add_months('date_on', fiscal_shift % 12) }} as fiscal_on

    from days

),

thursdays as (

    select
        *,
        {{ crm_warehouse.date_add_days('date_on', '4 - iso_weekday') }} as iso_thursday

    from dated

),

dates as (

    select
        thursdays.date_on,
        cast(extract(year from thursdays.date_on) as integer) as calendar_year,
        cast(extract(quarter from thursdays.date_on) as integer) as calendar_quarter,
        cast(extract(month from thursdays.date_on) as integer) as calendar_month_number,
        {{ crm_warehouse.month_start('thursdays.date_on') }} as calendar_month,
        cast(extract(day from thursdays.date_on) as integer) as day_of_month,
        cast(extract(year from thursdays.iso_thursday) as integer) as iso_year,
        cast(extract(week from thursdays.date_on) as integer) as iso_week,
        thursdays.iso_weekday,
        thursdays.iso_weekday >= 6 as is_weekend,
        cast(extract(year from thursdays.fiscal_on) as integer) as fiscal_year,
        cast(extract(quarter from thursdays.fiscal_on) as integer) as fiscal_quarter,
        cast(extract(month from thursdays.fiscal_on) as integer) as fiscal_month_number,
        thursdays.date_on = {{ crm_warehouse.month_end('thursdays.date_on') }}
            as is_month_end,
        thursdays.date_on <= told.as_of_on as is_told,
        festivals.festival_name,
        festivals.festival_name_zh

    from thursdays

    cross join told

    left join festivals
        on thursdays.date_on = festivals.festival_on

)

select * from dates
