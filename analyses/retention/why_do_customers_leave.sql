-- 分析流失原因: which signs came before the losses of the last window, and what to do.
with

reasons as (

    select * from {{ ref('fct_churn_reasons') }}

),

customers as (

    select * from {{ ref('fct_customers') }}

),

recent as (

    select
        reasons.*,
        customers.net_sales_amount

    from reasons
    inner join customers on reasons.customer_id = customers.customer_id
    where reasons.lapsed_on >= customers.window_start_on

),

losses as (

    select count(*) as loss_count
    from (
        select
            customer_id,
            lapsed_on

        from recent
        group by
            customer_id,
            lapsed_on
    ) as lost

),

counted as (

    select
        signal_code,
        signal_name,
        signal_name_zh,
        count(*) as loss_count,
        count(came_back_on) as came_back_count,
        sum(net_sales_amount) as net_sales_amount,
        action,
        action_zh

    from recent
    group by
        signal_code,
        signal_name,
        signal_name_zh,
        action,
        action_zh

)

select
    counted.signal_code,
    counted.signal_name,
    counted.signal_name_zh,
    counted.loss_count,
    {{ safe_ratio('counted.loss_count', 'losses.loss_count') }} as loss_share,
    {{ safe_ratio('counted.came_back_count', 'counted.loss_count') }}
        as came_back_rate,
    counted.net_sales_amount,
    counted.action,
    counted.action_zh

from counted
cross join losses
order by
    counted.loss_count desc nulls last,
    counted.signal_code asc nulls last
