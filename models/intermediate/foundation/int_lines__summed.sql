-- Lines added up by ticket, in the ticket's own currency.
with

lines as (

    select * from {{ ref('stg_pos__transaction_lines') }}

),

products as (

    select * from {{ ref('stg_pos__products') }}

),

costed as (

    select
        lines.transaction_id,
        lines.quantity,
        lines.net_amount,
        lines.discount_amount,
        coalesce(
            lines.cost_amount,
            cast(lines.quantity * products.unit_cost as decimal(18, 4))
        ) as cost_amount

    from lines

    left join products
        on lines.product_id = products.product_id

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

    from costed

    group by transaction_id

)

select * from summed
