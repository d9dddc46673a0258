-- The day that everything is told of, and the window that ends on it.
with

last_days as (

    select max(tickets.sold_on) as last_sold_on

    from {{ ref('int_tickets__valued') }} as tickets

    where
        tickets.table_name = 'transactions'
        and {{ crm_warehouse.unsettled_reason('tickets') }} is null

),

told as (

    {% set day = crm_warehouse.as_of_date() -%}
    select {{ "date '" ~ day ~ "'" if day else 'last_sold_on' }} as as_of_on

    from last_days

),

windowed as (

    select
        as_of_on,
        {% set month_count = crm_warehouse.checked_integer('window_months', 1, 600) -%}
        {{ crm_warehouse.add_months(
            crm_warehouse.date_add_days('as_of_on', 1), -month_count
        ) }} as window_start_on,
        cast({{ month_count }} as integer) as window_month_count

    from told

)

select * from windowed
