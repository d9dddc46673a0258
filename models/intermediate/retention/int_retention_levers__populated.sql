-- Whom a scenario speaks of: last window's customers, and this window's.
with

customers as (

    select
        *,
        {{ crm_warehouse.add_months('window_start_on', '-window_month_count') }}
            as previous_window_start_on

    from {{ ref('fct_customers') }}

),

days as (

    select * from {{ ref('fct_customer_days') }}
    where is_purchase_day

),

previous_buyers as (

    select customers.customer_id
    from customers
    inner join days on customers.customer_id = days.customer_id
    where
        days.sold_on >= customers.previous_window_start_on
        and days.sold_on < customers.window_start_on
    group by customers.customer_id

),

levered as (

    select
        'retention' as lever_code,
        customers.previous_window_start_on as basis_start_on,
        customers.is_window_buyer as is_held,
        customers.*

    from customers
    inner join previous_buyers
        on customers.customer_id = previous_buyers.customer_id

    union all

    select
        'repeat_share' as lever_code,
        window_start_on as basis_start_on,
        window_purchase_day_count > 1 as is_held,
        *

    from customers
    where is_window_buyer

),

-- Who left bought nothing: what they brought back is of the window before.
populated as (

    select
        lever_code,
        customer_id,
        is_held,
        cast(
            case when is_window_buyer then window_net_sales_amount else 0 end
            as decimal(18, 4)
        ) as net_sales_amount,
        window_margin_amount as margin_amount,
        window_margin_known_sales_amount as margin_known_sales_amount,
        basis_start_on,
        window_start_on,
        window_month_count,
        as_of_on

    from levered

)

select * from populated
