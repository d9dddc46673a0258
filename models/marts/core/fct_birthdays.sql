-- Of a date of birth, the next birthday alone, and of those alone who may want to hear
-- from us soon.
{% set notice_days = crm_warehouse.checked_integer('birthday_notice_days', 0, 364) -%}
with

customers as (

    select * from {{ ref('dim_customers') }}
    where has_sms_consent or has_email_consent or has_phone_consent

),

told as (

    select * from {{ ref('int_as_of') }}

),

years as (

    select
        told.as_of_on,
        cast(extract(year from told.as_of_on) as integer) + offsets.year_offset
            as calendar_year

    from told
    cross join (values (0), (1)) as offsets (year_offset)

),

-- In a common year the 29th of February is the 28th.
occurrences as (

    select
        customers.customer_id,
        years.as_of_on,
        coalesce(
            try_cast(
                concat(years.calendar_year, '-', right(members.birth_date, 5)) as date
            ),
            try_cast(concat(years.calendar_year, '-02-28') as date)
        ) as birthday_on

    from customers
    inner join {{ ref('stg_crm__members') }} as members
        on customers.customer_id = members.member_id
    cross join years
    where members.birth_date is not null

),

upcoming as (

    select
        customer_id,
        min(birthday_on) as birthday_on,
        as_of_on

    from occurrences
    where
        birthday_on between as_of_on
        and {{ crm_warehouse.date_add_days('as_of_on', notice_days) }}
    group by
        customer_id,
        as_of_on

)

select * from upcoming
