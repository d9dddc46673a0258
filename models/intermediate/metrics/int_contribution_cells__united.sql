-- The same sums for products, for categories, and for channels as a whole. Channels are
-- told by tickets, with or without lines.
{% set sums = [
    'unit_count', 'net_sales_amount', 'margin_amount', 'margin_known_sales_amount'
] -%}
with

cells as (

    {% for level, item in (
        ('product', 'margins.product_id'), (
            'category',
            "case when margins.product_id = 'unallocated' then 'unallocated'"
            ~ " else coalesce(products.category, 'unknown') end"
        )
    ) -%}
    select
        '{{ level }}' as level_code,
        {{ item }} as item_id,
        margins.channel,
        margins.tier_code,
        {% for name in sums -%}
        {% set type = 'decimal(18, 6)' if name == 'unit_count' else 'decimal(18, 4)' -%}
        cast(sum(margins.{{ name }}) as {{ type }}) as {{ name }},
        cast(sum(margins.before_{{ name }}) as {{ type }}) as before_{{ name }},
        {% endfor -%}
        max(products.product_name) as product_name
    from {{ ref('int_product_margins__summed') }} as margins
    left join {{ ref('dim_products') }} as products
        on margins.product_id = products.product_id
    group by {{ item }}, margins.channel, margins.tier_code

    union all

    {% endfor -%}
    select
        'channel' as level_code,
        'all' as item_id,
        channel,
        'all' as tier_code,
        {% for name in sums -%}
        {{ name }},
        before_{{ name }},
        {% endfor -%}
        cast(null as string) as product_name
    from {{ ref('int_channels__summed') }}

)

select * from cells
