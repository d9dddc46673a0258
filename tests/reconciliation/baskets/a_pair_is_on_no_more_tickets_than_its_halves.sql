-- Tickets with a product are counted anew, from the lines. No pair is on more tickets
-- than its halves, and both halves are on no more than all, but for large tickets.
with

pairs as (

    select * from {{ ref('agg_product_pairs') }}

),

held as (

    select
        transaction_id,
        product_id

    from {{ ref('fct_transaction_lines') }}
    where
        not is_return
        and sold_on >= (select max(window_start_on) from {{ ref('fct_customers') }})
    group by transaction_id, product_id
    having sum(quantity) > 0

),

counted as (

    select
        product_id,
        count(*) as ticket_count

    from held
    group by product_id

)

select pairs.*
from pairs
inner join counted as firsts on pairs.first_product_id = firsts.product_id
inner join counted as seconds on pairs.second_product_id = seconds.product_id
where
    firsts.ticket_count != pairs.first_ticket_count
    or seconds.ticket_count != pairs.second_ticket_count
    or pairs.both_ticket_count > least(
        pairs.first_ticket_count, pairs.second_ticket_count
    )
    or pairs.both_ticket_count < pairs.minimum_ticket_count
    or pairs.first_ticket_count + pairs.second_ticket_count - pairs.both_ticket_count
    > pairs.population_count + pairs.oversized_ticket_count
    or pairs.first_product_id >= pairs.second_product_id
