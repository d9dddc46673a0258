with

told as (

    select * from {{ ref('int_as_of') }}

),

festivals as (

    select
        festival_on,
        min_by(festival_name, festival_order) as festival_name,
        min_by(festival_name_zh, festival_order) as festival_name_zh

    from {{ ref('rule_festivals') }}

    group by festival_on

),

{% set start_month = crm_warehouse.checked_integer('fiscal_year_start_month', 1, 12) -%}
dated as (

    select
        date_on,
        {{ crm_warehouse.iso_weekday('date_on') }} as iso_weekday,
        {{ crm_warehouse.add_months('date_on', (13 - start_month) % 12) }} as fiscal_on

    from {{ ref('int_dates__spanned') }}

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
