with

balances as (

    select * from {{ ref('stg_crm__card_balances') }}

),

cards as (

    select * from {{ ref('dim_cards') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

dated as (

    select
        balances.card_id,
        balances.balanced_on,
        cards.customer_id,
        balances.stored_value_amount,
        balances.points

    from balances
    cross join told
    left join cards on balances.card_id = cards.card_id
    where balances.balanced_on <= told.as_of_on

)

select * from dated
