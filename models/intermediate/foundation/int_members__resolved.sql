-- The customer that a member became: another one where all cards of the member were
-- merged into cards of others. A member without a card is a customer of their own.
with

cards as (

    select * from {{ ref('stg_crm__cards') }}

),

customers as (

    select
        cards.member_id,
        min(resolved.customer_id) as customer_id,
        count(*) filter (where resolved.customer_id = cards.member_id) as own_card_count

    from cards

    inner join {{ ref('int_cards__resolved') }} as resolved
        on cards.card_id = resolved.card_id

    where cards.member_id is not null

    group by cards.member_id

),

resolved as (

    select
        member_id,
        case when own_card_count > 0 then member_id else customer_id end as customer_id

    from customers

    union all

    select
        members.member_id,
        members.member_id as customer_id

    from {{ ref('stg_crm__members') }} as members

    left join customers
        on members.member_id = customers.member_id

    where customers.member_id is null

)

select * from resolved
