-- What each customer bought in the window that ends with a month, for every month end
-- before the as-of day that is to be computed. Months without a purchase have a row,
-- so that a window of twelve months is one of twelve rows.
with

months as (

    select * from {{ ref('int_customer_months__summed') }}

),

customers as (

    select
        customer_id,
        min(month_end_on) as first_month_end_on

    from months
    group by customer_id

),

month_ends as (

    select
        told_on,
        is_kept
    from {{ ref('int_told_days__keyed') }}
    where is_month_end and not is_as_of

),

unbroken as (

    select
        customers.customer_id,
        month_ends.told_on,
        month_ends.is_kept,
        months.last_purchase_on,
        months.purchase_day_count,
        months.ticket_count,
        months.net_sales_amount,
        months.margin_amount,
        months.margin_known_sales_amount

    from customers
    inner join month_ends
        on customers.first_month_end_on <= month_ends.told_on
    left join months
        on customers.customer_id = months.customer_id
        and month_ends.told_on = months.month_end_on

),

{% set length = crm_warehouse.checked_integer('window_months', 1, 600) -%}
windowed as (

    select
        customer_id,
        told_on,
        {% for name, type in [
            ('purchase_day_count', 'bigint'),
            ('ticket_count', 'bigint'),
            ('net_sales_amount', 'decimal(18, 4)'),
            ('margin_amount', 'decimal(18, 4)'),
            ('margin_known_sales_amount', 'decimal(18, 4)'),
        ] -%}
        cast(sum({{ name }}) over (
            partition by customer_id
            order by told_on asc nulls last
            rows between {{ length - 1 }} preceding and current row
        ) as {{ type }}) as {{ name }},
        {% endfor -%}
        max(last_purchase_on) over (
            partition by customer_id
            order by told_on asc nulls last
            rows between unbounded preceding and current row
        ) as last_purchase_on

    from unbroken
    qualify not is_kept

)

select * from windowed
