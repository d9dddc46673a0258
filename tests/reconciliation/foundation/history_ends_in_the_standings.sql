-- Where the as-of day is a month end, its month and the standings are the same rows;
-- and what the standings measure is what fct_customers adds up.
with

standings as (

    select * from {{ ref('fct_customer_standings') }}

),

months as (

    select * from {{ ref('fct_customer_months') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

told as (

    select max(as_of_on) as as_of_on from standings

),

as_of_months as (

    select months.*

    from months
    inner join told on months.month_end_on = told.as_of_on

),

faults as (

    select coalesce(standings.customer_id, months.customer_id) as customer_id

    from standings
    full outer join as_of_months as months
        on standings.customer_id = months.customer_id
    where
        exists (select 1 from as_of_months)
        and (
            standings.sales_rank is distinct from months.sales_rank
            or standings.tier_code is distinct from months.tier_code
            or standings.rfm_code is distinct from months.rfm_code
            or standings.stage_code is distinct from months.stage_code
            or standings.activity_status is distinct from months.activity_status
            or standings.frozen_tier_code is distinct from months.frozen_tier_code
            or standings.frozen_rfm_code is distinct from months.frozen_rfm_code
        )

    union all

    select coalesce(customers.customer_id, standings.customer_id) as customer_id

    from customers
    full outer join standings on customers.customer_id = standings.customer_id
    where
        customers.purchase_day_count is distinct from
        coalesce(standings.purchase_day_count, 0)
        or coalesce(standings.is_window_buyer, false) != customers.is_window_buyer
        or standings.net_sales_amount != customers.window_net_sales_amount
        or standings.frequency_count != customers.window_frequency_count
        or standings.recency_days != customers.recency_days

)

select * from faults
