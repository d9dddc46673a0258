-- What each customer bought of each product, in the window, in the months before it and
-- over all history: the one reading of the lines by customer.
{% set periods = {
    'before': 'lines.sold_on >= terms.before_start_on'
        ~ ' and lines.sold_on < terms.window_start_on',
    'window': 'lines.sold_on >= terms.window_start_on',
} -%}
with

lines as (

    select
        *,
        quantity > 0 and not is_return as is_purchase

    from {{ ref('fct_transaction_lines') }}
    where customer_id is not null and product_id is not null

),

terms as (

    select * from {{ ref('int_basket_terms__told') }}

),

summed as (

    select
        lines.customer_id,
        lines.product_id,
        count(distinct lines.sold_on) filter (where lines.is_purchase)
            as bought_day_count,
        min(lines.sold_on) filter (where lines.is_purchase) as first_bought_on,
        max(lines.sold_on) filter (where lines.is_purchase) as last_bought_on,
        {% for period, condition in periods.items() -%}
        count(*) filter (where lines.is_purchase and {{ condition }})
            as {{ period }}_line_count,
        coalesce(sum(lines.quantity) filter (where {{ condition }}), 0)
            as {{ period }}_unit_count,
        coalesce(sum(lines.net_sales_amount) filter (where {{ condition }}), 0)
            as {{ period }}_net_sales_amount,
        {% endfor -%}
        coalesce(sum(lines.net_sales_amount) filter (
            where lines.is_purchase and {{ periods['window'] }}
        ), 0) as window_bought_amount,
        sum(lines.margin_amount) filter (where {{ periods['window'] }})
            as window_margin_amount

    from lines
    cross join terms
    group by lines.customer_id, lines.product_id

),

told as (

    select
        summed.customer_id,
        summed.product_id,
        goods.category,
        goods.is_goods,
        cast(summed.bought_day_count as bigint) as bought_day_count,
        summed.first_bought_on,
        summed.last_bought_on,
        {% for period in periods -%}
        cast(summed.{{ period }}_line_count as bigint) as {{ period }}_line_count,
        cast(summed.{{ period }}_unit_count as decimal(18, 6))
            as {{ period }}_unit_count,
        cast(summed.{{ period }}_net_sales_amount as decimal(18, 4))
            as {{ period }}_net_sales_amount,
        {% endfor -%}
        cast(summed.window_bought_amount as decimal(18, 4)) as window_bought_amount,
        cast(summed.window_margin_amount as decimal(18, 4)) as window_margin_amount

    from summed
    inner join {{ ref('int_goods__listed') }} as goods
        on summed.product_id = goods.product_id

)

select * from told
