-- Items and money of the breaks are those of the tickets: products by the sizes of
-- tickets, money by the lines of goods that were kept.
with

breaks as (

    select
        sum(item_count) as item_count,
        sum(unit_count) as unit_count

    from {{ ref('agg_quantity_discounts') }}

),

sizes as (

    select
        sum(item_count) as item_count,
        sum(unit_count) as unit_count

    from {{ ref('agg_basket_sizes') }}
    where breakdown_code = 'all'

)

select
    breaks.*,
    sizes.item_count as size_item_count,
    sizes.unit_count as size_unit_count

from breaks
cross join sizes
where
    coalesce(breaks.item_count, 0) != coalesce(sizes.item_count, 0)
    or coalesce(breaks.unit_count, 0) != coalesce(sizes.unit_count, 0)
