-- In how many groups a customer is of the schemes in which one may be in many. Where a
-- scheme has nobody, for want of lines, nothing is known of anyone.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

memberships as (

    select
        customer_id,
        1 as behaviour_count,
        0 as heavy_category_count
    from {{ ref('seg_behaviours') }}
    union all
    select
        customer_id,
        0 as behaviour_count,
        case when usage_order = 1 then 1 else 0 end as heavy_category_count
    from {{ ref('seg_usage') }}
    where scheme_code = 'bands'

),

summed as (

    select
        customer_id,
        sum(behaviour_count) as behaviour_count,
        sum(heavy_category_count) as heavy_category_count

    from memberships
    group by customer_id

),

nothing as (

    select
        case when max(behaviour_count) > 0 then 0 end as behaviour_count,
        case when max(heavy_category_count) > 0 then 0 end as heavy_category_count

    from summed

),

counted as (

    select
        customers.customer_id,
        cast(
            coalesce(summed.behaviour_count, 0) + nothing.behaviour_count as bigint
        ) as behaviour_count,
        cast(
            coalesce(summed.heavy_category_count, 0) + nothing.heavy_category_count
            as bigint
        ) as heavy_category_count

    from customers
    cross join nothing
    left join summed on customers.customer_id = summed.customer_id

)

select * from counted
