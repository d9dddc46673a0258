-- What tickets and responses say of a customer in the window, beside what was bought.
with

told as (

    select * from {{ ref('int_window_buyers__counted') }}

),

by_channel as (

    select
        customer_id,
        'channel' as kind_code,
        channel as behaviour_value,
        sum(ticket_count) as evidence_count,
        min(first_on) as first_on,
        max(last_on) as last_on,
        sum(net_sales_amount) as net_sales_amount,
        sum(margin_amount) as margin_amount,
        sum(margin_known_sales_amount) as margin_known_sales_amount

    from {{ ref('int_customer_visits__summed') }}
    where channel is not null
    group by customer_id, channel

),

by_return as (

    select
        days.customer_id,
        'return' as kind_code,
        'return' as behaviour_value,
        sum(days.return_count) as evidence_count,
        min(days.sold_on) as first_on,
        max(days.sold_on) as last_on,
        -sum(days.return_amount) as net_sales_amount,
        null as margin_amount,
        null as margin_known_sales_amount

    from {{ ref('fct_customer_days') }} as days
    cross join told
    where days.return_count > 0 and days.sold_on >= told.window_start_on
    group by days.customer_id

),

by_response as (

    select
        responses.customer_id,
        'response_type' as kind_code,
        responses.response_type as behaviour_value,
        count(*) as evidence_count,
        min(responses.responded_on) as first_on,
        max(responses.responded_on) as last_on,
        null as net_sales_amount,
        null as margin_amount,
        null as margin_known_sales_amount

    from {{ ref('fct_campaign_responses') }} as responses
    cross join told
    where
        responses.customer_id is not null
        and responses.responded_on >= told.window_start_on
    group by responses.customer_id, responses.response_type

),

summed as (

    select
        customer_id,
        kind_code,
        behaviour_value,
        cast(evidence_count as bigint) as evidence_count,
        first_on,
        last_on,
        cast(net_sales_amount as decimal(18, 4)) as net_sales_amount,
        cast(margin_amount as decimal(18, 4)) as margin_amount,
        cast(margin_known_sales_amount as decimal(18, 4)) as margin_known_sales_amount

    from (
        select * from by_channel
        union all
        select * from by_return
        union all
        select * from by_response
    ) as habits

)

select * from summed
