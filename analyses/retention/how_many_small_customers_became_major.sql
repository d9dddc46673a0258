-- Moves up from the tier of the small to the major, month by month, beside those down.
with

moves as (

    select
        *,
        from_code = 'D' and to_code in ('A', 'B') as is_risen,
        from_code in ('A', 'B') and to_code = 'D' as is_fallen

    from {{ ref('agg_segment_migrations') }}
    where scheme_code in ('tier', 'frozen_tier')

)

select
    month_end_on,
    scheme_name,
    scheme_name_zh,
    sum(case when is_risen then customer_count else 0 end) as risen_count,
    sum(case when is_risen then net_sales_change_amount else 0 end)
        as risen_change_amount,
    sum(case when is_fallen then customer_count else 0 end) as fallen_count,
    sum(case when is_fallen then net_sales_change_amount else 0 end)
        as fallen_change_amount

from moves
group by
    month_end_on,
    scheme_order,
    scheme_name,
    scheme_name_zh
order by
    month_end_on asc nulls last,
    scheme_order asc nulls last
