-- What could have grown with each customer or call, before and in the window: a number
-- over another, so that nothing is rounded before it is compared.
{% set periods = ('before', 'window') -%}
with

bought as (

    select
        bought.*,
        levels.level_order

    from {{ ref('int_customer_products__summed') }} as bought
    left join {{ ref('dim_product_levels') }} as products
        on bought.product_id = products.product_id
    left join {{ ref('rule_price_levels') }} as levels
        on products.price_level = levels.price_level
    where bought.is_goods

),

calls as (

    select
        calls.ticket_id,
        coalesce(calls.ticket_type, 'unknown') as ticket_type,
        max(case when days.sold_on < calls.opened_on then 1 else 0 end) as before_count,
        max(case when days.sold_on > calls.opened_on then 1 else 0 end) as window_count

    from {{ ref('fct_service_tickets') }} as calls
    cross join {{ ref('int_basket_terms__told') }} as terms
    left join {{ ref('fct_customer_days') }} as days
        on calls.customer_id = days.customer_id
        and days.is_purchase_day
        and abs({{ crm_warehouse.days_between('calls.opened_on', 'days.sold_on') }})
        <= terms.attach_days
    where
        calls.customer_id is not null
        and calls.opened_on >= terms.window_start_on
        and {{ crm_warehouse.days_between('calls.opened_on', 'terms.as_of_on') }}
        >= terms.attach_days
    group by calls.ticket_id, coalesce(calls.ticket_type, 'unknown')

),

compared as (

    select
        'breadth' as measure_code,
        'all' as group_code,
        {% for period in periods -%}
        cast(
            count(distinct case when {{ period }}_line_count > 0 then category end)
            as decimal(18, 6)
        ) as {{ period }}_amount,
        cast(1 as decimal(18, 6)) as {{ period }}_weight,
        {% endfor -%}
        customer_id as entity_id

    from bought
    where category is not null
    group by customer_id

    union all

    select
        'price_level' as measure_code,
        category as group_code,
        {% for period in periods -%}
        cast(sum(level_order * {{ period }}_unit_count) as decimal(18, 6))
            as {{ period }}_amount,
        cast(sum({{ period }}_unit_count) as decimal(18, 6)) as {{ period }}_weight,
        {% endfor -%}
        customer_id as entity_id

    from bought
    where level_order is not null
    group by category, customer_id

    union all

    select
        'service_attach' as measure_code,
        ticket_type as group_code,
        {% for period in periods -%}
        cast({{ period }}_count as decimal(18, 6)) as {{ period }}_amount,
        cast(1 as decimal(18, 6)) as {{ period }}_weight,
        {% endfor -%}
        ticket_id as entity_id

    from calls

)

select * from compared
