with

movements as (

    select * from {{ ref('stg_crm__card_movements') }}

),

cards as (

    select * from {{ ref('dim_cards') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

moved as (

    select
        movements.movement_id,
        movements.card_id,
        cards.customer_id,
        cast(movements.occurred_at as date) as occurred_on,
        movements.occurred_at,
        movements.movement_type,
        movements.stored_value_amount,
        movements.points

    from movements

    cross join told

    left join cards
        on movements.card_id = cards.card_id

    where cast(movements.occurred_at as date) <= told.as_of_on

)

select * from moved
