-- Source: 減少投訴率; times to the first reply and to the end of requests.
with

periods as (

    select * from {{ ref('int_service_periods__listed') }}

),

summed as (

    select * from {{ ref('int_service_tickets__summed') }}

),

splits as (

    select * from {{ ref('rule_service_splits') }}

),

told as (

    select
        summed.period_type,
        summed.period_start_on,
        summed.breakdown_name,
        summed.breakdown_value,
        periods.period_end_on,
        periods.is_complete_period,
        splits.breakdown_label,
        splits.breakdown_label_zh,
        summed.request_count,
        summed.replied_count,
        summed.closed_count,
        summed.request_count - summed.closed_count as open_count,
        {{ crm_warehouse.safe_ratio('summed.median_reply_seconds', '3600') }}
            as median_reply_hours,
        {{ crm_warehouse.safe_ratio(
            'summed.reply_seconds', '3600 * summed.replied_count'
        ) }} as mean_reply_hours,
        {{ crm_warehouse.safe_ratio('summed.median_resolution_seconds', '3600') }}
            as median_resolution_hours,
        {{ crm_warehouse.safe_ratio(
            'summed.resolution_seconds', '3600 * summed.resolved_count'
        ) }} as mean_resolution_hours,
        summed.complaint_count,
        {{ crm_warehouse.safe_ratio('summed.complaint_count', 'summed.request_count') }}
            as complaint_share,
        periods.sale_ticket_count,
        {{ crm_warehouse.safe_ratio(
            '1000 * summed.complaint_count', 'periods.sale_ticket_count'
        ) }} as complaints_per_thousand,
        summed.known_complaint_count,
        summed.repeat_complaint_count,
        {{ crm_warehouse.safe_ratio(
            'summed.repeat_complaint_count', 'summed.known_complaint_count'
        ) }} as repeat_complaint_rate,
        summed.costed_count,
        summed.cost_amount,
        cast({{ crm_warehouse.safe_ratio(
            'summed.cost_amount', 'summed.costed_count'
        ) }} as decimal(18, 4)) as mean_cost_amount,
        cast(
            {{ crm_warehouse.checked_integer('repeat_complaint_days', 1, 999) }}
            as integer
        ) as repeat_complaint_days,
        periods.window_month_count,
        periods.as_of_on

    from summed
    inner join periods
        on summed.period_type = periods.period_type
        and summed.period_start_on = periods.period_start_on
    inner join splits on summed.breakdown_name = splits.breakdown_name

)

select * from told
