-- The days and limits that the whole room keeps, once.
with

customers as (

    select * from {{ ref('fct_customers') }}

),

tickets as (

    select min(sold_on) as history_start_on
    from {{ ref('fct_transactions') }}

),

windowed as (

    select
        as_of_on,
        window_start_on,
        window_month_count,
        {{ crm_warehouse.add_months(
            'window_start_on', -crm_warehouse.checked_integer('window_months', 1, 600)
        ) }} as before_start_on

    from customers
    group by as_of_on, window_start_on, window_month_count

),

limits as (

    select
        max(limit_value) filter (where limit_code = 'most_basket_items')
            as most_basket_items,
        max(limit_value) filter (where limit_code = 'least_pair_tickets')
            as least_pair_tickets,
        max(limit_value) filter (where limit_code = 'least_pair_share')
            as least_pair_share,
        max(limit_value) filter (where limit_code = 'least_chi_squared')
            as least_chi_squared,
        max(limit_value) filter (where limit_code = 'most_shopped_sets')
            as most_shopped_sets,
        max(limit_value) filter (where limit_code = 'least_audience_buyers')
            as least_audience_buyers,
        max(limit_value) filter (where limit_code = 'attach_days')
            as attach_days,
        max(limit_value) filter (where limit_code = 'reach_units')
            as reach_units,
        max(limit_value) filter (where limit_code = 'most_offers')
            as most_offers,
        max(limit_value) filter (where limit_code = 'most_offer_triggers')
            as most_offer_triggers,
        max(limit_value) filter (where limit_code = 'most_offer_partners')
            as most_offer_partners,
        max(limit_value) filter (where limit_code = 'replenishable_days')
            as replenishable_days,
        max(limit_value) filter (where limit_code = 'replenish_ahead_days')
            as replenish_ahead_days,
        max(limit_value) filter (where limit_code = 'lookalike_tiers')
            as lookalike_tiers,
        max(limit_value) filter (where limit_code = 'least_similarity')
            as least_similarity

    from {{ ref('rule_basket_limits') }}

),

told as (

    select
        windowed.as_of_on,
        windowed.window_start_on,
        windowed.window_month_count,
        windowed.before_start_on,
        tickets.history_start_on,
        tickets.history_start_on <= windowed.before_start_on as is_before_complete,
        limits.*

    from windowed
    cross join tickets
    cross join limits

)

select * from told
