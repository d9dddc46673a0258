-- What a customer bought of a category, over all history and in the window, and how far
-- apart.
{% set exact = {'unit_count': 'decimal(18, 6)'} -%}
with

told as (

    select * from {{ ref('int_as_of') }}

),

category_days as (

    select
        days.*,
        told.*,
        days.sold_on >= told.window_start_on as is_in_window

    from {{ ref('int_category_days__summed') }} as days
    cross join told

),

ranked_gaps as (

    select
        customer_id,
        category,
        gap_days,
        row_number() over (
            partition by customer_id, category
            order by gap_days asc nulls last, sold_on asc nulls last
        ) as gap_rank,
        count(*) over (partition by customer_id, category) as gap_count

    from category_days
    where gap_days is not null

),

middles as (

    select
        customer_id,
        category,
        {{ safe_ratio('sum(gap_days)', 'count(*)') }} as median_gap_days

    from ranked_gaps
    where gap_rank * 2 between gap_count and gap_count + 2
    group by customer_id, category

),

summed as (

    select
        days.customer_id,
        days.category,
        min(days.sold_on) filter (where days.is_purchase_day) as first_purchase_on,
        max(days.sold_on) filter (where days.is_purchase_day) as last_purchase_on,
        count(*) filter (where days.is_purchase_day) as purchase_day_count,
        count(*) filter (where days.is_purchase_day and days.is_in_window)
            as window_purchase_day_count,
        max(middles.median_gap_days) as median_gap_days,
        {% for name in ('unit_count', 'net_sales_amount', 'bought_amount') -%}
        {% set type = exact.get(name, 'decimal(18, 4)') -%}
        cast(sum(days.{{ name }}) as {{ type }}) as {{ name }},
        cast(
            coalesce(sum(days.{{ name }}) filter (where days.is_in_window), 0)
            as {{ type }}
        ) as window_{{ name }},
        {% endfor -%}
        {% for name in ('margin_amount', 'margin_known_sales_amount') -%}
        cast(sum(days.{{ name }}) as decimal(18, 4)) as {{ name }},
        cast(sum(days.{{ name }}) filter (where days.is_in_window) as decimal(18, 4))
            as window_{{ name }},
        {% endfor -%}
        max(days.as_of_on) as as_of_on,
        max(days.window_start_on) as window_start_on,
        max(days.window_month_count) as window_month_count

    from category_days as days
    left join middles
        on days.customer_id = middles.customer_id and days.category = middles.category
    group by days.customer_id, days.category

)

select * from summed
