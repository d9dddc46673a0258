-- The home store: where a customer has most tickets, of two the one visited last;
-- without a ticket the store that issued the first of the surviving cards.
with

customers as (

    select * from {{ ref('int_customers__known') }}

),

visits as (

    select
        customer_id,
        store_id,
        count(*) as ticket_count,
        max(sold_on) as last_visited_on

    from {{ ref('fct_transactions') }}

    where customer_id is not null and store_id is not null and not is_return

    group by customer_id, store_id

),

visited as (

    select
        customer_id,
        store_id

    from visits

    qualify row_number() over (
        partition by customer_id
        order by ticket_count desc, last_visited_on desc, store_id asc
    ) = 1

),

issued as (

    select
        resolved.customer_id,
        min_by(cards.issued_store_id, cards.card_id) as store_id

    from {{ ref('int_cards__resolved') }} as resolved

    inner join {{ ref('stg_crm__cards') }} as cards
        on resolved.surviving_card_id = cards.card_id

    where cards.issued_store_id is not null

    group by resolved.customer_id

),

homed as (

    select
        customers.customer_id,
        coalesce(visited.store_id, issued.store_id) as home_store_id

    from customers

    left join visited
        on customers.customer_id = visited.customer_id

    left join issued
        on customers.customer_id = issued.customer_id

    where visited.store_id is not null or issued.store_id is not null

)

select * from homed
