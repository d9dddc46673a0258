-- No row is of fewer customers than the least, and what the rows leave of a value's
-- customers in its scheme is nothing or as many.
with

profiles as (

    select * from {{ ref('agg_segment_profiles') }}

),

schemes as (

    select * from {{ ref('rule_profile_schemes') }}

),

shown as (

    select
        profiles.scheme_code,
        profiles.attribute_code,
        profiles.value_code,
        max(profiles.minimum_customer_count) as minimum_customer_count,
        max(profiles.value_customer_count) - sum(profiles.customer_count)
            as kept_customer_count

    from profiles
    inner join schemes on profiles.scheme_code = schemes.scheme_code
    where not profiles.is_other and not schemes.is_overlapping
    group by profiles.scheme_code, profiles.attribute_code, profiles.value_code

),

small as (

    select
        scheme_code,
        attribute_code,
        value_code
    from profiles
    where customer_count < minimum_customer_count
    union all
    select
        scheme_code,
        attribute_code,
        value_code
    from shown
    where
        kept_customer_count > 0
        and kept_customer_count < minimum_customer_count

)

select * from small
