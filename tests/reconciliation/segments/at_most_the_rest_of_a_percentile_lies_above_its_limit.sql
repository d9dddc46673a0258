-- And a customer above the limit is flagged: recounted over the customers themselves.
with

bargains as (

    select * from {{ ref('seg_bargains') }}

),

rules as (

    select
        max(case when bargain_code = 'bulk_buyer' then limit_percentile end)
            as bulk_percentile,
        max(case when bargain_code = 'house_suspect' then limit_percentile end)
            as house_percentile

    from {{ ref('rule_bargain_types') }}

),

product_days as (

    select
        lines.customer_id,
        sum(lines.quantity) as unit_count

    from {{ ref('fct_transaction_lines') }} as lines
    inner join bargains
        on lines.customer_id = bargains.customer_id
        and lines.sold_on >= bargains.window_start_on
    where lines.product_id is not null
    group by
        lines.customer_id,
        lines.product_id,
        lines.sold_on
    having sum(lines.quantity) > 0

),

units as (

    select
        count(*) as product_day_count,
        count_if(product_days.unit_count > bargains.bulk_limit_unit_count)
            as above_count,
        count_if(product_days.unit_count >= bargains.bulk_limit_unit_count)
            as reaching_count,
        count(distinct product_days.customer_id) filter (
            where product_days.unit_count > bargains.bulk_limit_unit_count
        ) as bulk_buyer_count

    from product_days
    inner join bargains on product_days.customer_id = bargains.customer_id

),

heads as (

    select
        count(*) as customer_count,
        count_if(ticket_count > house_limit_ticket_count) as above_ticket_count,
        count_if(purchase_day_count > house_limit_purchase_day_count)
            as above_day_count,
        count_if(is_bulk_buyer) as bulk_buyer_count

    from bargains

)

select
    units.product_day_count,
    units.above_count,
    units.reaching_count,
    units.bulk_buyer_count as expected_bulk_buyer_count,
    heads.*

from units
cross join heads
cross join rules
where
    units.above_count > units.product_day_count * (1 - rules.bulk_percentile)
    or (
        units.product_day_count > 0
        and units.reaching_count
        <= units.product_day_count * (1 - rules.bulk_percentile)
    )
    or heads.above_ticket_count > heads.customer_count * (1 - rules.house_percentile)
    or heads.above_day_count > heads.customer_count * (1 - rules.house_percentile)
    or heads.bulk_buyer_count != units.bulk_buyer_count
