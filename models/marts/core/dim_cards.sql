with

cards as (

    select * from {{ ref('stg_crm__cards') }}

),

resolved as (

    select * from {{ ref('int_cards__resolved') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

used as (

    select
        card_id,
        min(sold_on) as first_used_on,
        max(sold_on) as last_used_on,
        count(*) as ticket_count

    from {{ ref('fct_transactions') }}

    where card_id is not null

    group by card_id

),

-- Cards issued by the day told, and whatever was shown at a till by then.
present as (

    select
        cards.*,
        told.as_of_on,
        used.first_used_on,
        used.last_used_on,
        used.ticket_count

    from cards

    cross join told

    left join used
        on cards.card_id = used.card_id

    where
        cards.issued_on is null
        or cards.issued_on <= told.as_of_on
        or used.card_id is not null

),

described as (

    select
        cards.card_id,
        resolved.customer_id,
        coalesce(survivors.card_id, cards.card_id) as surviving_card_id,
        cards.card_id = coalesce(survivors.card_id, cards.card_id) as is_surviving,
        resolved.is_in_merge_cycle,
        resolved.has_unknown_merge,
        cards.card_type,
        house_cards.card_id is not null as is_house_card,
        house_cards.house_code,
        cards.status as card_status,
        cards.issued_on,
        case when cards.closed_on <= cards.as_of_on then cards.closed_on end
            as closed_on,
        cards.issued_store_id,
        cards.first_used_on,
        cards.last_used_on,
        coalesce(cards.ticket_count, 0) as ticket_count

    from present as cards

    inner join resolved
        on cards.card_id = resolved.card_id

    inner join {{ ref('int_customers__known') }} as customers
        on resolved.customer_id = customers.customer_id

    left join present as survivors
        on resolved.surviving_card_id = survivors.card_id

    left join {{ ref('int_house_cards__matched') }} as house_cards
        on cards.card_id = house_cards.card_id

)

select * from described
