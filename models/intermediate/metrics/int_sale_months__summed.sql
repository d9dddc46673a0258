-- What was sold each month, before anything came back.
with

tickets as (

    select * from {{ ref('fct_transactions') }}
    where not is_return

),

summed as (

    select
        {{ month_start('sold_on') }} as calendar_month,
        count(*) as sale_ticket_count,
        cast(sum(net_sales_amount) as decimal(18, 4)) as sale_amount,
        cast(sum(unit_count) as decimal(18, 6)) as sale_unit_count

    from tickets
    group by all

)

select * from summed
