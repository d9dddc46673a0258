-- Tickets of each size, in all and by how they were bought.
with

baskets as (

    select * from {{ ref('int_baskets__sized') }}

),

sizes as (

    select
        *,
        lead(least_item_count) over (order by least_item_count asc nulls last)
            as next_item_count

    from {{ ref('rule_basket_sizes') }}

),

placed as (

    {% for code, value in {
        'all': "'all'",
        'channel': 'channel',
        'tender': 'tender_type',
        'daypart': 'daypart_code',
        'weekday': 'weekday_code',
        'identity': "case when customer_id is null then 'anonymous' else 'known' end",
    }.items() -%}
    {% if not loop.first %}union all
    {% endif -%}
    select
        '{{ code }}' as breakdown_code,
        coalesce({{ value }}, 'unknown') as breakdown_value,
        *
    from baskets
    {% endfor %}
),

summed as (

    select
        placed.breakdown_code,
        placed.breakdown_value,
        sizes.size_code,
        max(sizes.size_name) as size_name,
        max(sizes.size_name_zh) as size_name_zh,
        max(sizes.least_item_count) as least_item_count,
        count(placed.item_count) as ticket_count,
        cast(sum(placed.item_count) as bigint) as item_count,
        cast(sum(placed.category_count) as bigint) as category_count,
        cast(sum(placed.unit_count) as decimal(18, 6)) as unit_count,
        cast(sum(placed.net_sales_amount) as decimal(18, 4)) as net_sales_amount,
        cast(sum(placed.margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(placed.margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount,
        count(*) as any_ticket_count

    from placed
    left join sizes
        on placed.item_count >= sizes.least_item_count
        and placed.item_count < coalesce(sizes.next_item_count, placed.item_count + 1)
    group by
        placed.breakdown_code,
        placed.breakdown_value,
        sizes.size_code

)

select * from summed
