with

summed as (

    select
        channel_code,
        sum(customer_count) as customer_count,
        sum(case when is_allowed then customer_count end) as allowed_count

    from {{ ref('agg_contact_permissions') }}
    group by channel_code

),

expected as (

    select count(*) as customer_count
    from {{ ref('dim_customers') }}

),

allowed as (

    select count(*) as allowed_count
    from {{ ref('int_customers__contactable') }}

)

select
    summed.channel_code,
    summed.customer_count,
    summed.allowed_count

from summed
cross join expected
cross join allowed
where
    summed.customer_count != expected.customer_count
    or (summed.channel_code = 'all' and summed.allowed_count != allowed.allowed_count)
    or (summed.channel_code != 'all' and summed.allowed_count > allowed.allowed_count)
