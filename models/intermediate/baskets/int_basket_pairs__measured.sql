-- How much more often than by chance the two of a pair are on one ticket.
{% set wide = crm_warehouse.whole_number_type() -%}
with

pairs as (

    select * from {{ ref('int_basket_pairs__counted') }}

),

frequent as (

    select * from {{ ref('int_basket_items__frequent') }}

),

oversized as (

    select
        level_code,
        count(*) as oversized_ticket_count

    from {{ ref('int_basket_tickets__oversized') }}
    group by level_code

),

joined as (

    select
        pairs.level_code,
        firsts.item_code as first_item_code,
        seconds.item_code as second_item_code,
        firsts.ticket_count as first_ticket_count,
        seconds.ticket_count as second_ticket_count,
        pairs.both_ticket_count,
        firsts.population_count,
        coalesce(oversized.oversized_ticket_count, 0) as oversized_ticket_count,
        firsts.minimum_ticket_count,
        firsts.most_basket_items,
        firsts.least_chi_squared,
        firsts.as_of_on,
        firsts.window_start_on,
        firsts.window_month_count,
        -- both × all, and the one × the other: their ratio is the lift
        cast(
            cast(pairs.both_ticket_count as {{ wide }}) * firsts.population_count
            as decimal(38, 0)
        ) as seen_product,
        cast(
            cast(firsts.ticket_count as {{ wide }}) * seconds.ticket_count
            as decimal(38, 0)
        ) as chance_product

    from pairs
    inner join frequent as firsts
        on pairs.first_item_number = firsts.item_number
    inner join frequent as seconds
        on pairs.second_item_number = seconds.item_number
    left join oversized on pairs.level_code = oversized.level_code

),

squared as (

    select
        *,
        {{ safe_ratio('both_ticket_count', 'population_count') }} as support_share,
        {{ safe_ratio('both_ticket_count', 'first_ticket_count') }}
            as first_second_confidence_rate,
        {{ safe_ratio('both_ticket_count', 'second_ticket_count') }}
            as second_first_confidence_rate,
        {{ safe_ratio('seen_product', 'chance_product') }} as lift_rate,
        {{ safe_ratio(
            '(seen_product - chance_product)',
            '(cast(population_count as ' ~ wide ~ ') * population_count)'
        ) }} as leverage_rate,
        {{ safe_ratio('chance_product', 'population_count') }}
            as expected_ticket_count,
        {{ chi_squared(
            'both_ticket_count', 'first_ticket_count', 'second_ticket_count',
            'population_count'
        ) }} as chi_squared

    from joined

),

measured as (

    select
        *,
        seen_product > chance_product
        and coalesce(chi_squared >= least_chi_squared, false) as is_bought_together

    from squared

)

select * from measured
