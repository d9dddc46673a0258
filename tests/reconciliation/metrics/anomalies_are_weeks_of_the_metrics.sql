-- A week out of the ordinary tells the sum of its days, it is over, and it lies on the
-- side of the usual that its kind says.
with

anomalies as (

    select * from {{ ref('fct_metric_anomalies') }}

),

days as (

    select * from {{ ref('agg_daily_metrics') }}

),

weeks as (

    select
        anomalies.scope_id,
        anomalies.metric_code,
        anomalies.week_start_on,
        count(*) as day_count,
        sum(days.ticket_count) as ticket_count,
        sum(days.net_sales_amount) as net_sales_amount,
        sum(days.visitor_count) as visitor_count,
        sum(days.lead_count) as lead_count

    from anomalies
    inner join days
        on anomalies.scope_id = days.scope_id
        and {{ crm_warehouse.days_between('anomalies.week_start_on', 'days.day_on') }}
        between 0 and 6
    group by anomalies.scope_id, anomalies.metric_code, anomalies.week_start_on

)

select anomalies.*
from anomalies
left join weeks
    on anomalies.scope_id = weeks.scope_id
    and anomalies.metric_code = weeks.metric_code
    and anomalies.week_start_on = weeks.week_start_on
where
    weeks.day_count is distinct from 7
    or anomalies.since_on > anomalies.week_start_on
    or (anomalies.direction_code = 'above')
    != (anomalies.metric_value > anomalies.usual_value)
    or anomalies.metric_code = 'tickets'
    and anomalies.metric_value is distinct from weeks.ticket_count
    or anomalies.metric_code = 'net_sales'
    and anomalies.metric_value is distinct from weeks.net_sales_amount
    or anomalies.metric_code = 'visitors'
    and anomalies.metric_value is distinct from weeks.visitor_count
    or anomalies.metric_code = 'leads'
    and anomalies.metric_value is distinct from weeks.lead_count
