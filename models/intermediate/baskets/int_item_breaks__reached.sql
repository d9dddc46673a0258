-- Which price break the units of a product on a ticket reach, and how many lack to the
-- next one.
with

breaks as (

    select
        *,
        lead(least_units) over (
            partition by category order by least_units asc nulls last
        ) as next_least_units

    from {{ ref('rule_quantity_breaks') }}

),

scopes as (

    select distinct category
    from breaks

),

scoped as (

    select
        items.*,
        coalesce(scopes.category, '*') as scope_category

    from {{ ref('int_basket_items__counted') }} as items
    left join scopes on items.category = scopes.category

),

reached as (

    select
        coalesce(scoped.category, 'unknown') as category,
        scoped.scope_category,
        breaks.break_order,
        scoped.unit_count,
        scoped.net_sales_amount,
        scoped.discount_amount,
        scoped.margin_amount,
        scoped.margin_known_sales_amount,
        breaks.next_least_units,
        breaks.next_least_units - scoped.unit_count as lacking_unit_count,
        scoped.unit_count - breaks.least_units as surplus_unit_count

    from scoped
    inner join breaks
        on scoped.scope_category = breaks.category
        and scoped.unit_count >= breaks.least_units
        and scoped.unit_count < coalesce(
            breaks.next_least_units, scoped.unit_count + 1
        )

),

terms as (

    select * from {{ ref('int_basket_terms__told') }}

),

summed as (

    select
        reached.category,
        reached.scope_category,
        reached.break_order,
        max(reached.next_least_units) as next_least_units,
        count(*) as item_count,
        {% for name in ('unit_count', 'lacking_unit_count') -%}
        cast(sum(reached.{{ name }}) as decimal(18, 6)) as {{ name }},
        {% endfor -%}
        {% for name in (
            'net_sales_amount', 'discount_amount', 'margin_amount',
            'margin_known_sales_amount'
        ) -%}
        cast(sum(reached.{{ name }}) as decimal(18, 4)) as {{ name }},
        {% endfor -%}
        cast(
            sum(reached.net_sales_amount + reached.discount_amount) as decimal(18, 4)
        ) as discount_known_gross_amount,
        count(reached.discount_amount) as discount_known_item_count,
        count(*) filter (where reached.discount_amount > 0)
            as discounted_item_count,
        count(*) filter (where reached.lacking_unit_count <= terms.reach_units)
            as within_reach_item_count,
        count(*) filter (where reached.surplus_unit_count < terms.reach_units)
            as at_break_item_count

    from reached
    cross join terms
    group by reached.category, reached.scope_category, reached.break_order

)

select * from summed
