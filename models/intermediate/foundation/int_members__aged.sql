-- The age band of each member on the as-of day, where the year of birth is known.
with

members as (

    select * from {{ ref('stg_crm__members') }}

    where birth_date not like '--%'

),

told as (

    select * from {{ ref('int_as_of') }}

),

aged as (

    select
        members.member_id,
        cast(extract(year from told.as_of_on) as integer)
        - cast(substr(members.birth_date, 1, 4) as integer)
        - case
            when
                substr(members.birth_date, 6, 5)
                > substr(cast(told.as_of_on as string), 6, 5) then 1
            else 0
        end as age

    from members

    cross join told

),

banded as (

    select
        aged.member_id,
        bands.age_band,
        bands.age_band_name,
        bands.age_band_name_zh

    from aged

    inner join {{ ref('rule_age_bands') }} as bands
        on aged.age >= bands.age_from
        and aged.age <= bands.age_to

)

select * from banded
