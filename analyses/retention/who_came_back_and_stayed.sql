-- 挽回: comebacks by month, what they brought, and how many were still there later.
with

winbacks as (

    select * from {{ ref('fct_winbacks') }}

),

counted as (

    select
        {{ month_start('came_back_on') }} as comeback_month,
        count(*) as comeback_count,
        sum(comeback_net_sales_amount) as comeback_net_sales_amount,
        count(*) filter (where is_observable) as observable_count,
        count(*) filter (where is_active_later) as active_later_count,
        sum(later_net_sales_amount) as later_net_sales_amount

    from winbacks
    group by {{ month_start('came_back_on') }}

)

select
    comeback_month,
    comeback_count,
    comeback_net_sales_amount,
    observable_count,
    active_later_count,
    {{ safe_ratio('active_later_count', 'observable_count') }} as active_later_rate,
    later_net_sales_amount

from counted
order by comeback_month asc nulls last
