-- Customer days added up by month. All that lies before the windows of the months to
-- compute is one month, told by its end.
with

computed as (

    select min(window_start_on) as first_window_on

    from {{ ref('int_told_days__keyed') }}
    where is_month_end and not is_kept

),

days as (

    select
        days.*,
        greatest(
            {{ crm_warehouse.month_end('days.sold_on') }},
            coalesce(
                {{ crm_warehouse.date_add_days('computed.first_window_on', -1) }},
                {{ crm_warehouse.month_end('days.sold_on') }}
            )
        ) as month_end_on

    from {{ ref('fct_customer_days') }} as days
    cross join computed

),

months as (

    select
        customer_id,
        month_end_on,
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
        month_end_on

)

select * from months
