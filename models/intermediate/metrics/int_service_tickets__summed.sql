-- Requests by the window and by month, whole, by kind and by channel.
with

tickets as (

    select * from {{ ref('int_service_tickets__measured') }}

),

splits as (

    select * from {{ ref('rule_service_splits') }}

),

periods as (

    select * from {{ ref('int_service_periods__listed') }}

),

placed as (

    select
        tickets.*,
        periods.period_type,
        periods.period_start_on,
        splits.breakdown_name,
        coalesce(
            case splits.breakdown_name
                when 'ticket_type' then tickets.ticket_type
                when 'channel' then tickets.channel
            end,
            splits.unknown_value
        ) as breakdown_value

    from tickets
    inner join periods
        on tickets.opened_on between periods.period_start_on and periods.period_end_on
    cross join splits

),

summed as (

    select
        period_type,
        period_start_on,
        breakdown_name,
        breakdown_value,
        count(*) as request_count,
        count(reply_seconds) as replied_count,
        count(*) filter (where is_closed) as closed_count,
        {{ crm_warehouse.exact_median('reply_seconds') }} as median_reply_seconds,
        {{ crm_warehouse.exact_median('resolution_seconds') }}
            as median_resolution_seconds,
        cast(sum(reply_seconds) as bigint) as reply_seconds,
        cast(sum(resolution_seconds) as bigint) as resolution_seconds,
        count(resolution_seconds) as resolved_count,
        -- Where nothing tells what is a complaint, their number is unknown.
        case when count(is_complaint) > 0 then count(*) filter (where is_complaint) end
            as complaint_count,
        count(*) filter (where is_known_complaint) as known_complaint_count,
        count(*) filter (where is_repeat_complaint) as repeat_complaint_count,
        count(cost_amount) as costed_count,
        cast(sum(cost_amount) as decimal(18, 4)) as cost_amount

    from placed
    group by all

)

select * from summed
