-- Every day of the whole years from the first sale, visitor, lead or opportunity to the
-- as-of day.
with

first_days as (

    select min(sold_on) as first_day from {{ ref('int_tickets__settled') }}

    union all

    select min(cast(created_at as date)) as first_day from {{ ref('stg_crm__leads') }}

    union all

    select min(cast(created_at as date)) as first_day
    from {{ ref('stg_crm__opportunities') }}

    union all

    select min(counted_on) as first_day from {{ ref('stg_pos__store_traffic') }}

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

    cross join {{ ref('int_as_of') }} as told

),

spanned as (

    select {{ crm_warehouse.day_series('first_day', 'last_day') }} as date_on

    from bounds

    where first_day <= last_day

)

select * from spanned
