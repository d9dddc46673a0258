-- Lines added up by ticket, in the ticket's own currency.
with

lines as (

    select * from {{ ref('int_lines__costed') }}

),

summed as (

    select
        transaction_id,
        count(*) as line_count,
        cast(sum(quantity) as decimal(18, 6)) as unit_count,
        cast(sum(net_amount) as decimal(18, 4)) as net_amount,
        cast(sum(discount_amount) as decimal(18, 4)) as discount_amount,
        cast(sum(net_amount) filter (where cost_amount is not null) as decimal(18, 4))
            as margin_known_amount,
        cast(sum(net_amount - cost_amount) as decimal(18, 4)) as margin_amount

    from lines

    group by transaction_id

)

select * from summed
