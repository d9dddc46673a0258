-- Counted from the pyramid: the first ceil(N / 5) ranks, by the policy's own count.
with

greeted as (

    select
        festival_on,
        festival_code,
        count(*) as customer_count,
        max(sales_rank) as last_rank

    from {{ ref('lst_festivals') }}
    group by
        festival_on,
        festival_code

),

expected as (

    select
        count(*) as customer_count,
        max(pyramid.sales_rank) as last_rank

    from {{ ref('seg_pyramid') }} as pyramid
    inner join {{ ref('int_customers__contactable') }} as contactable
        on pyramid.customer_id = contactable.customer_id
    cross join {{ ref('agg_concentration') }} as concentration
    where
        concentration.metric_code = 'net_sales'
        and pyramid.sales_rank <= concentration.top_customer_count

)

select greeted.*
from greeted
cross join expected
where
    greeted.customer_count != expected.customer_count
    or greeted.last_rank != expected.last_rank
