-- Moves up from the tier of the small to the major, month by month, beside those down.
with

migrations as (

    select * from {{ ref('agg_segment_migrations') }}
    where
        scheme_code in ('tier', 'frozen_tier')
        and is_moved

)

select
    month_end_on,
    scheme_name,
    scheme_name_zh,
    sum(customer_count) filter (where from_code = 'D' and to_code in ('A', 'B'))
        as risen_count,
    sum(net_sales_change_amount) filter (
        where from_code = 'D' and to_code in ('A', 'B')
    ) as risen_change_amount,
    sum(customer_count) filter (where from_code in ('A', 'B') and to_code = 'D')
        as fallen_count,
    sum(net_sales_change_amount) filter (
        where from_code in ('A', 'B') and to_code = 'D'
    ) as fallen_change_amount

from migrations
group by
    month_end_on,
    scheme_order,
    scheme_name,
    scheme_name_zh
order by
    month_end_on asc nulls last,
    scheme_order asc nulls last
