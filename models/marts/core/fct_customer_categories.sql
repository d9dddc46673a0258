-- Lines added up to customer, category and day once, and from there to all of history
-- and the window.
{% set exact = {'unit_count': 'decimal(18, 6)'} -%}
with

lines as (

    select * from {{ ref('fct_transaction_lines') }}

    where customer_id is not null

),

products as (

    select * from {{ ref('dim_products') }}

    where category is not null

),

told as (

    select * from {{ ref('int_as_of') }}

),

category_days as (

    select
        lines.customer_id,
        products.category,
        lines.sold_on,
        sum(lines.quantity) as unit_count,
        sum(lines.net_sales_amount) as net_sales_amount,
        coalesce(sum(lines.net_sales_amount) filter (
            where lines.net_sales_amount > 0 and lines.quantity > 0
        ), 0) as bought_amount,
        sum(lines.margin_amount) as margin_amount,
        sum(lines.net_sales_amount) filter (where lines.margin_amount is not null)
            as margin_known_sales_amount

    from lines
    inner join products on lines.product_id = products.product_id
    group by lines.customer_id, products.category, lines.sold_on

),

flagged as (

    select
        category_days.*,
        told.*,
        days.is_purchase_day and category_days.unit_count > 0 as is_purchase_day,
        category_days.sold_on >= told.window_start_on as is_in_window

    from category_days
    cross join told
    inner join {{ ref('fct_customer_days') }} as days
        on category_days.customer_id = days.customer_id
        and category_days.sold_on = days.sold_on

),

summed as (

    select
        customer_id,
        category,
        min(sold_on) filter (where is_purchase_day) as first_purchase_on,
        max(sold_on) filter (where is_purchase_day) as last_purchase_on,
        count(*) filter (where is_purchase_day) as purchase_day_count,
        count(*) filter (where is_purchase_day and is_in_window)
            as window_purchase_day_count,
        {% for name in ('unit_count', 'net_sales_amount', 'bought_amount') -%}
        cast(sum({{ name }}) as {{ exact.get(name, 'decimal(18, 4)') }}) as {{ name }},
        cast(
            coalesce(sum({{ name }}) filter (where is_in_window), 0)
            as {{ exact.get(name, 'decimal(18, 4)') }}
        ) as window_{{ name }},
        {% endfor -%}
        {% for name in ('margin_amount', 'margin_known_sales_amount') -%}
        cast(sum({{ name }}) as decimal(18, 4)) as {{ name }},
        cast(sum({{ name }}) filter (where is_in_window) as decimal(18, 4))
            as window_{{ name }},
        {% endfor -%}
        max(as_of_on) as as_of_on,
        max(window_start_on) as window_start_on,
        max(window_month_count) as window_month_count

    from flagged
    group by customer_id, category

)

select * from summed
