-- 購物籃分析: which categories are on one ticket more often than by chance.
with

pairs as (

    select * from {{ ref('int_basket_pairs__measured') }}

    where level_code = 'category'

),

told as (

    select
        pairs.first_item_code as first_category,
        pairs.second_item_code as second_category,
        pairs.first_ticket_count,
        pairs.second_ticket_count,
        pairs.both_ticket_count,
        pairs.expected_ticket_count,
        pairs.support_share,
        pairs.first_second_confidence_rate,
        pairs.second_first_confidence_rate,
        pairs.lift_rate,
        pairs.leverage_rate,
        pairs.chi_squared,
        pairs.least_chi_squared,
        pairs.is_bought_together,
        pairs.minimum_ticket_count,
        pairs.population_count,
        pairs.oversized_ticket_count,
        pairs.most_basket_items as maximum_item_count,
        pairs.as_of_on,
        pairs.window_start_on,
        pairs.window_month_count

    from pairs

)

select * from told
