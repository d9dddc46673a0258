-- Customer days added up by month.
with

days as (

    select * from {{ ref('fct_customer_days') }}

),

months as (

    select
        customer_id,
        {{ crm_warehouse.month_end('sold_on') }} as month_end_on,
        max(case when is_purchase_day then sold_on end) as last_purchase_on,
        count(*) filter (where is_purchase_day) as purchase_day_count,
        cast(sum(ticket_count) as bigint) as ticket_count,
        cast(sum(net_sales_amount) as decimal(18, 4)) as net_sales_amount,
        cast(sum(margin_amount) as decimal(18, 4)) as margin_amount,
        cast(sum(margin_known_sales_amount) as decimal(18, 4))
            as margin_known_sales_amount

    from days
    group by
        customer_id,
        {{ crm_warehouse.month_end('sold_on') }}

)

select * from months
