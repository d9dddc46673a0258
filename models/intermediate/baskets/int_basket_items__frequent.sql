-- Products and categories on enough tickets to be half of a pair that is: a pair is on
-- no more tickets than either half, so none of the pairs asked for is lost.
with

items as (

    select * from {{ ref('int_basket_items__counted') }}

),

terms as (

    select * from {{ ref('int_basket_terms__told') }}

),

tickets as (

    select
        count(distinct items.transaction_id) filter (
            where items.basket_item_count <= terms.most_basket_items
        ) as population_count,
        count(distinct items.transaction_id) filter (
            where items.basket_item_count > terms.most_basket_items
        ) as oversized_ticket_count

    from items
    cross join terms

),

occurring as (

    select
        'product' as level_code,
        items.product_id as item_code,
        count(*) as ticket_count

    from items
    cross join terms
    where items.basket_item_count <= terms.most_basket_items
    group by items.product_id

    union all

    select
        'category' as level_code,
        items.category as item_code,
        count(distinct items.transaction_id) as ticket_count

    from items
    cross join terms
    where
        items.basket_item_count <= terms.most_basket_items
        and items.category is not null
    group by items.category

),

limited as (

    select
        occurring.*,
        tickets.*,
        cast(
            greatest(
                terms.least_pair_tickets,
                {{ top_count('tickets.population_count', 'terms.least_pair_share') }}
            ) as bigint
        ) as minimum_ticket_count,
        cast(terms.most_basket_items as bigint) as most_basket_items,
        terms.least_chi_squared,
        terms.as_of_on,
        terms.window_start_on,
        terms.window_month_count

    from occurring
    cross join tickets
    cross join terms

),

numbered as (

    select
        *,
        cast(row_number() over (
            order by level_code asc nulls last, item_code asc nulls last
        ) as bigint) as item_number

    from limited
    where ticket_count >= minimum_ticket_count

)

select * from numbered
