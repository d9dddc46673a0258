-- Ranks run from 1, units fall with them, a class begins where the heavier one ends.
with

usages as (

    select * from {{ ref('seg_usage') }}

),

compared as (

    select
        *,
        row_number() over (
            partition by scheme_code, category
            order by usage_rank asc nulls last, customer_id asc nulls last
        ) as expected_rank,
        lag(unit_count) over (
            partition by scheme_code, category
            order by usage_rank asc nulls last, customer_id asc nulls last
        ) as better_unit_count,
        lag(usage_order) over (
            partition by scheme_code, category
            order by usage_rank asc nulls last, customer_id asc nulls last
        ) as better_usage_order

    from usages

)

select *
from compared
where
    usage_rank != expected_rank
    or unit_count > better_unit_count
    or usage_order < better_usage_order
    or unit_count > next_class_unit_count
    or (
        usage_order != better_usage_order
        and better_unit_count != next_class_unit_count
    )
