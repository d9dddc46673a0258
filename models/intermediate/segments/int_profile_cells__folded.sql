-- Which cells are told apart, and which only among the others. Nobody may work out a
-- small one: neither from the others of its segment, which must be enough together, nor
-- from the whole of its value, of which the cells kept back must be enough together.
{% set least = crm_warehouse.checked_integer('profile_cell_customers', 1, 999999) -%}
with

cells as (

    select
        *,
        customer_count < {{ least }} as is_small

    from {{ ref('int_profile_cells__counted') }}

),

in_segments as (

    select
        *,
        sum(customer_count) over (
            partition by scheme_code, segment_code, attribute_code
        ) as segment_customer_count,
        coalesce(sum(case when is_small then customer_count end) over (
            partition by scheme_code, segment_code, attribute_code
        ), 0) as small_customer_count,
        row_number() over (
            partition by scheme_code, segment_code, attribute_code
            order by
                is_small asc nulls last,
                customer_count asc nulls last,
                value_code asc nulls last
        ) as keeping_rank

    from cells

),

kept_back as (

    select
        *,
        is_small or (
            keeping_rank = 1 and small_customer_count between 1 and {{ least - 1 }}
        ) as is_kept_back,
        small_customer_count > 0 as has_others

    from in_segments

),

in_values as (

    select
        *,
        coalesce(sum(case when is_kept_back then customer_count end) over (
            partition by scheme_code, attribute_code, value_code
        ), 0) as kept_customer_count,
        row_number() over (
            partition by scheme_code, attribute_code, value_code
            order by
                is_kept_back asc nulls last,
                has_others desc nulls last,
                customer_count asc nulls last,
                segment_code asc nulls last
        ) as value_rank

    from kept_back

),

-- A segment that is small itself is not described at all.
folded as (

    select
        scheme_code,
        segment_code,
        attribute_code,
        value_code,
        is_kept_back or (
            value_rank = 1 and kept_customer_count between 1 and {{ least - 1 }}
        ) as is_folded,
        cast(segment_customer_count as bigint) as segment_customer_count,
        customer_count,
        net_sales_amount,
        margin_amount,
        margin_known_sales_amount,
        purchase_day_count

    from in_values
    where segment_customer_count >= {{ least }}

)

select * from folded
