-- Sale tickets of the window, by how many products they hold, and how they were bought.
with

tickets as (

    select tickets.*
    from {{ ref('fct_transactions') }} as tickets
    cross join {{ ref('int_basket_terms__told') }} as terms
    where not tickets.is_return and tickets.sold_on >= terms.window_start_on

),

held as (

    select
        transaction_id,
        cast(count(*) as bigint) as item_count,
        cast(count(distinct category) as bigint) as category_count,
        cast(sum(unit_count) as decimal(18, 6)) as unit_count

    from {{ ref('int_basket_items__counted') }}
    group by transaction_id

),

-- Paid by several means: the one that paid most, of two the first in the alphabet.
tendered as (

    select
        transaction_id,
        tender_type

    from {{ ref('fct_tenders') }}
    where not is_return
    qualify row_number() over (
        partition by transaction_id
        order by tender_amount desc nulls last, tender_type asc nulls last
    ) = 1

),

-- Where every ticket is of midnight, days were handed over and no hours.
clock as (

    select count(*) as timed_count
    from tickets
    where extract(hour from sold_at) > 0 or extract(minute from sold_at) > 0

),

-- A ticket without lines holds we do not know what; one with lines may hold no goods.
sized as (

    select
        tickets.transaction_id,
        tickets.customer_id,
        tickets.store_id,
        tickets.channel,
        tendered.tender_type,
        dayparts.value_code as daypart_code,
        weekdays.value_code as weekday_code,
        case when tickets.line_count > 0 then coalesce(held.item_count, 0) end
            as item_count,
        case when tickets.line_count > 0 then coalesce(held.category_count, 0) end
            as category_count,
        case when tickets.line_count > 0 then coalesce(held.unit_count, 0) end
            as unit_count,
        tickets.net_sales_amount,
        tickets.margin_amount,
        tickets.margin_known_sales_amount

    from tickets
    cross join clock
    left join held on tickets.transaction_id = held.transaction_id
    left join tendered on tickets.transaction_id = tendered.transaction_id
    left join {{ ref('rule_visit_times') }} as dayparts
        on dayparts.breakdown_code = 'daypart'
        and clock.timed_count > 0
        and extract(hour from tickets.sold_at)
        between dayparts.first_number and dayparts.last_number
    left join {{ ref('rule_visit_times') }} as weekdays
        on weekdays.breakdown_code = 'weekday'
        and {{ iso_weekday('tickets.sold_on') }}
        between weekdays.first_number and weekdays.last_number

)

select * from sized
