-- What members, stored value and coupons have to do with the sales of a day. A ticket
-- is touched by a coupon that was redeemed on it, stands on a line, or paid some of it.
with

tenders as (

    select
        tenders.*,
        types.role_code
    from {{ ref('fct_tenders') }} as tenders
    inner join {{ ref('rule_tender_types') }} as types
        on tenders.tender_type = types.tender_type

),

touched as (

    select transaction_id from tenders
    where role_code = 'coupon'

    union

    select transaction_id from {{ ref('fct_transaction_lines') }}
    where coupon_id is not null

    union

    select transaction_id from {{ ref('fct_coupon_redemptions') }}
    where transaction_id is not null

),

evidence as (

    select count(*) > 0 as has_coupons from touched

),

paid as (

    select
        sold_on,
        coalesce('store:' || store_id, 'no_store') as scope_id,
        coalesce(sum(tender_amount) filter (where role_code = 'stored_value'), 0)
            as stored_value_amount
    from tenders
    group by sold_on, store_id

),

sold as (

    select
        tickets.sold_on,
        tickets.store_id,
        coalesce('store:' || tickets.store_id, 'no_store') as scope_id,
        sum(tickets.net_sales_amount) as net_sales_amount,
        sum(case
            when touched.transaction_id is null then 0 else tickets.net_sales_amount
        end) as coupon_sales_amount,
        count(*) filter (where not tickets.is_return) as ticket_count,
        count(*) filter (
            where not tickets.is_return and touched.transaction_id is not null
        ) as coupon_ticket_count,
        count(*) filter (where not tickets.is_return and not tickets.is_anonymous)
            as identified_ticket_count,
        sum(case when tickets.is_anonymous then 0 else tickets.net_sales_amount end)
            as identified_sales_amount
    from {{ ref('fct_transactions') }} as tickets
    left join touched on tickets.transaction_id = touched.transaction_id
    group by tickets.sold_on, tickets.store_id

),

days as (

    select
        sold.sold_on as day_on,
        sold.scope_id,
        sold.store_id,
        sold.ticket_count,
        sold.identified_ticket_count,
        case when evidence.has_coupons then sold.coupon_ticket_count end
            as coupon_ticket_count,
        cast(
            case when evidence.has_coupons then sold.coupon_sales_amount end
            as decimal(18, 4)
        ) as coupon_sales_amount,
        cast(sold.net_sales_amount as decimal(18, 4)) as net_sales_amount,
        cast(sold.identified_sales_amount as decimal(18, 4)) as identified_sales_amount,
        cast(paid.stored_value_amount as decimal(18, 4)) as stored_value_amount
    from sold
    cross join evidence
    left join paid
        on sold.sold_on = paid.sold_on
        and sold.scope_id = paid.scope_id

)

select * from days
