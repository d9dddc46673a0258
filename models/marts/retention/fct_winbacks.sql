-- 挽回: who came back after a loss, and whether they stayed.
{% set active_days = crm_warehouse.checked_integer('active_days', 1, 36500) -%}
{% set cooling_days = crm_warehouse.checked_integer('cooling_days', 1, 36500) -%}
with

comebacks as (

    select
        *,
        {{ crm_warehouse.date_add_days('came_back_on', active_days) }}
            as watched_until_on

    from {{ ref('int_customer_lapses__dated') }}
    where came_back_on is not null

),

days as (

    select * from {{ ref('fct_customer_days') }}

),

-- The comeback itself would keep anyone active so long: only what follows it counts.
followed as (

    select
        comebacks.customer_id,
        comebacks.came_back_on,
        count(*) filter (where days.is_purchase_day) as purchase_day_count,
        sum(days.net_sales_amount) as net_sales_amount

    from comebacks
    inner join days
        on comebacks.customer_id = days.customer_id
        and comebacks.came_back_on < days.sold_on
        and comebacks.watched_until_on >= days.sold_on
    group by
        comebacks.customer_id,
        comebacks.came_back_on

),

watched as (

    select
        comebacks.*,
        comebacks.watched_until_on <= comebacks.as_of_on as is_observable,
        coalesce(followed.purchase_day_count, 0) as purchase_day_count,
        coalesce(followed.net_sales_amount, 0) as net_sales_amount

    from comebacks
    left join followed
        on comebacks.customer_id = followed.customer_id
        and comebacks.came_back_on = followed.came_back_on

),

told as (

    select
        customer_id,
        came_back_on,
        last_purchase_on,
        lapsed_on,
        gap_days,
        {{ crm_warehouse.days_between('lapsed_on', 'came_back_on') }} as lost_days,
        cast(row_number() over (
            partition by customer_id order by came_back_on asc nulls last
        ) as bigint) as comeback_number,
        comeback_net_sales_amount,
        next_purchase_on,
        watched_until_on,
        is_observable,
        case when is_observable then purchase_day_count > 0 end as is_active_later,
        case when is_observable then purchase_day_count end
            as later_purchase_day_count,
        cast(case when is_observable then net_sales_amount end as decimal(18, 4))
            as later_net_sales_amount,
        cast({{ active_days }} as integer) as active_days,
        cast({{ cooling_days }} as integer) as cooling_days,
        as_of_on

    from watched

)

select * from told
