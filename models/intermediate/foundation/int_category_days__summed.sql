-- Lines added up to customer, category and day once, and how far purchases of a
-- category lie apart.
with

lines as (

    select * from {{ ref('fct_transaction_lines') }}

    where customer_id is not null

),

products as (

    select * from {{ ref('dim_products') }}

    where category is not null

),

summed as (

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

dated as (

    select
        summed.customer_id,
        summed.category,
        summed.sold_on,
        days.is_purchase_day and summed.unit_count > 0 as is_purchase_day,
        cast(summed.unit_count as decimal(18, 6)) as unit_count,
        {% for name in (
            'net_sales_amount', 'bought_amount', 'margin_amount',
            'margin_known_sales_amount'
        ) -%}
        cast(summed.{{ name }} as decimal(18, 4)) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from summed
    inner join {{ ref('fct_customer_days') }} as days
        on summed.customer_id = days.customer_id
        and summed.sold_on = days.sold_on

),

spaced as (

    select
        *,
        case when is_purchase_day then {{ crm_warehouse.days_between(
            'lag(sold_on) over (partition by customer_id, category, is_purchase_day'
            ~ ' order by sold_on asc nulls last)',
            'sold_on'
        ) }} end as gap_days

    from dated

)

select * from spaced
