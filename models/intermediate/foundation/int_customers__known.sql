-- Everyone known by the as-of day: holders of cards, members, and whoever bought.
with

told as (

    select * from {{ ref('int_as_of') }}

),

appearances as (

    select
        resolved.customer_id,
        cards.issued_on as known_on,
        cards.card_id

    from {{ ref('int_cards__resolved') }} as resolved

    inner join {{ ref('stg_crm__cards') }} as cards
        on resolved.card_id = cards.card_id

    union all

    select
        coalesce(resolved.customer_id, members.member_id) as customer_id,
        members.joined_on as known_on,
        cast(null as string) as card_id

    from {{ ref('stg_crm__members') }} as members

    left join {{ ref('int_members__resolved') }} as resolved
        on members.member_id = resolved.member_id

),

buyers as (

    select distinct customer_id

    from {{ ref('fct_transactions') }}

    where customer_id is not null

),

used_cards as (

    select distinct card_id

    from {{ ref('fct_transactions') }}

    where card_id is not null

),

grouped as (

    select
        appearances.customer_id,
        min(appearances.known_on) as known_on,
        count(appearances.card_id) filter (
            where appearances.known_on is null
            or appearances.known_on <= told.as_of_on
            or used_cards.card_id is not null
        ) as card_count

    from appearances

    cross join told

    left join used_cards
        on appearances.card_id = used_cards.card_id

    group by appearances.customer_id

),

known as (

    select
        grouped.customer_id,
        grouped.known_on,
        grouped.card_count

    from grouped

    cross join told

    left join buyers
        on grouped.customer_id = buyers.customer_id

    where
        grouped.known_on is null
        or grouped.known_on <= told.as_of_on
        or buyers.customer_id is not null

)

select * from known
