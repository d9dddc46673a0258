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

    select count(distinct transaction_id) as population_count from items

),

occurring as (

    select
        'product' as level_code,
        product_id as item_code,
        count(*) as ticket_count

    from items
    group by product_id

    union all

    select
        'category' as level_code,
        category as item_code,
        count(distinct transaction_id) as ticket_count

    from items
    where category is not null
    group by category

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
