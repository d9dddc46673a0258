-- What of each reason to buy here a window buyer shows. Only the window counts.
with

customers as (

    select * from {{ ref('fct_customers') }}
    where is_window_buyer

),

promos as (

    select
        lines.customer_id,
        sum(lines.net_sales_amount) as bought_amount,
        sum(case
            when coalesce(lines.campaign_id, lines.coupon_id) is not null
                then lines.net_sales_amount
            when lines.discount_amount > 0 then lines.net_sales_amount
            else 0
        end) as promo_amount

    from {{ ref('fct_transaction_lines') }} as lines
    inner join customers
        on lines.customer_id = customers.customer_id
        and lines.sold_on >= customers.window_start_on
    where lines.quantity > 0 and lines.net_sales_amount > 0 and not lines.is_return
    group by lines.customer_id

),

assortments as (

    select
        customer_id,
        count(*) as category_count

    from {{ ref('fct_customer_categories') }}
    where window_purchase_day_count > 0
    group by customer_id

),

services as (

    select
        tickets.customer_id,
        max(case when tickets.is_complaint then 2 else 1 end) as service_level

    from {{ ref('fct_service_tickets') }} as tickets
    inner join customers
        on tickets.customer_id = customers.customer_id
        and tickets.opened_on >= customers.window_start_on
    group by tickets.customer_id

),

desks as (

    select count(*) > 0 as has_service from {{ ref('fct_service_tickets') }}

),

measured as (

    {% for driver, value in {
        'promo': safe_ratio('promos.promo_amount', 'promos.bought_amount'),
        'distance': 'places.home_store_distance_km',
        'assortment': 'assortments.category_count',
        'service': 'case when desks.has_service then coalesce(services.service_level, 0) end'
    }.items() -%}
    select
        customers.customer_id,
        '{{ driver }}' as driver_code,
        cast({{ value }} as decimal(18, 6)) as driver_value

    from customers
    {{ {
        'promo': 'left join promos on customers.customer_id = promos.customer_id',
        'assortment':
            'left join assortments on customers.customer_id = assortments.customer_id',
        'service': 'cross join desks left join services'
            ~ ' on customers.customer_id = services.customer_id',
        'distance': 'left join ' ~ ref('dim_customers')
            ~ ' as places on customers.customer_id = places.customer_id'
    }[driver] }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from measured
