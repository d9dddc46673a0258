-- The home store: where a customer has most tickets, of two the one visited last.
with

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

homed as (

    select
        customer_id,
        store_id as home_store_id

    from visits

    qualify row_number() over (
        partition by customer_id
        order by ticket_count desc, last_visited_on desc, store_id asc
    ) = 1

)

select * from homed
