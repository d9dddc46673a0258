-- At which of the largest categories, channels and stores each customer shops: one bit
-- a set, so that a combination is a number.
with

terms as (

    select * from {{ ref('int_basket_terms__told') }}

),

shopped as (

    select
        'category' as dimension_code,
        customer_id,
        category as set_value,
        sum(window_net_sales_amount) as net_sales_amount

    from {{ ref('int_customer_products__summed') }}
    where is_goods and category is not null and window_line_count > 0
    group by customer_id, category

    {% for dimension, column in {'channel': 'channel', 'store': 'store_id'}.items() -%}
    union all

    select
        '{{ dimension }}' as dimension_code,
        customer_id,
        {{ column }} as set_value,
        sum(net_sales_amount) as net_sales_amount

    from {{ ref('int_baskets__sized') }}
    where customer_id is not null and {{ column }} is not null
    group by customer_id, {{ column }}
    {% endfor %}
),

counted as (

    select
        dimension_code,
        set_value,
        count(*) as customer_count

    from shopped
    group by dimension_code, set_value

),

ranked as (

    select
        *,
        cast(row_number() over (
            partition by dimension_code
            order by customer_count desc nulls last, set_value asc nulls last
        ) as integer) as set_number

    from counted

),

-- 1, 2, 4, ...: a set has a bit of its own.
numbered as (

    select
        ranked.*,
        bits.bit_value

    from ranked
    cross join terms
    inner join (
        values (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 64), (8, 128)
    ) as bits (bit_number, bit_value) on ranked.set_number = bits.bit_number
    where ranked.set_number <= terms.most_shopped_sets

),

combined as (

    select
        shopped.dimension_code,
        shopped.customer_id,
        {% for number in range(1, 9) -%}
        max(case when numbered.set_number = {{ number }} then shopped.set_value end)
            as set_{{ number }},
        {% endfor -%}
        cast(sum(numbered.bit_value) as bigint) as combination_number,
        cast(sum(shopped.net_sales_amount) as decimal(18, 4)) as net_sales_amount

    from shopped
    inner join numbered
        on shopped.dimension_code = numbered.dimension_code
        and shopped.set_value = numbered.set_value
    group by shopped.dimension_code, shopped.customer_id

)

select * from combined
