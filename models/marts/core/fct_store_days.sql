-- Tickets and visitors of a store meet on its business day; either may be without the
-- other.
with

tickets as (

    select * from {{ ref('fct_transactions') }}

),

visits as (

    select traffic.*

    from {{ ref('stg_pos__store_traffic') }} as traffic

    cross join {{ ref('int_as_of') }} as told

    where traffic.counted_on <= told.as_of_on

),

sales as (

    select
        sold_on,
        store_id,
        count(*) filter (where not is_return) as ticket_count,
        count(*) filter (where not is_return and not is_anonymous)
            as identified_ticket_count,
        count(*) filter (where is_return) as return_count,
        sum(unit_count) as unit_count,
        sum(unit_count) filter (where not is_anonymous) as identified_unit_count,
        sum(gross_amount) as gross_amount,
        sum(discount_amount) as discount_amount,
        sum(net_sales_amount) as net_sales_amount,
        sum(net_sales_amount) filter (where not is_anonymous)
            as identified_net_sales_amount,
        -sum(net_sales_amount) filter (where is_return) as return_amount,
        sum(margin_amount) as margin_amount,
        sum(margin_known_sales_amount) as margin_known_sales_amount

    from tickets

    group by sold_on, store_id

),

days as (

    select
        concat_ws(
            '|',
            cast(coalesce(sales.sold_on, visits.counted_on) as string),
            coalesce(sales.store_id, visits.store_id)
        ) as store_day_id,
        coalesce(sales.sold_on, visits.counted_on) as day_on,
        coalesce(sales.store_id, visits.store_id) as store_id,
        cast(visits.visitor_count as bigint) as visitor_count,
        {% for name in ('ticket_count', 'identified_ticket_count', 'return_count') -%}
        cast(coalesce(sales.{{ name }}, 0) as bigint) as {{ name }},
        {% endfor -%}
        cast(sales.unit_count as decimal(18, 6)) as unit_count,
        cast(sales.identified_unit_count as decimal(18, 6)) as identified_unit_count,
        {% for name in ('gross_amount', 'discount_amount') -%}
        cast(sales.{{ name }} as decimal(18, 4)) as {{ name }},
        {% endfor -%}
        {% for name in (
            'net_sales_amount', 'identified_net_sales_amount', 'return_amount'
        ) -%}
        cast(coalesce(sales.{{ name }}, 0) as decimal(18, 4)) as {{ name }},
        {% endfor -%}
        cast(sales.margin_amount as decimal(18, 4)) as margin_amount,
        cast(sales.margin_known_sales_amount as decimal(18, 4))
            as margin_known_sales_amount

    from sales

    full outer join visits
        on sales.sold_on = visits.counted_on
        and sales.store_id = visits.store_id

)

select * from days
