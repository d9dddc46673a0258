-- What happened to the lost, from their last days as buyers to the loss.
with

lapses as (

    select * from {{ ref('int_customer_lapses__dated') }}

),

experiences as (

    select * from {{ ref('int_churn_experiences__gathered') }}

),

judged as (

    select * from {{ ref('int_lapse_purchases__judged') }}

),

rules as (

    select * from {{ ref('rule_churn_signals') }}

),

dated as (

    select
        lapses.customer_id,
        lapses.lapsed_on,
        experiences.signal_code,
        experiences.signal_on,
        experiences.signal_count,
        experiences.signal_amount,
        experiences.lost_points

    from lapses
    inner join experiences
        on lapses.customer_id = experiences.customer_id
        and lapses.signals_start_on <= experiences.signal_on
        and lapses.lapsed_on > experiences.signal_on

    union all

    select
        customer_id,
        lapsed_on,
        signal_code,
        signal_on,
        signal_count,
        signal_amount,
        null as lost_points

    from judged

),

summed as (

    select
        customer_id,
        lapsed_on,
        signal_code,
        min(signal_on) as first_signal_on,
        max(signal_on) as last_signal_on,
        cast(sum(signal_count) as bigint) as signal_count,
        cast(sum(signal_amount) as decimal(18, 4)) as signal_amount,
        cast(sum(lost_points) as decimal(18, 6)) as lost_points

    from dated
    group by
        customer_id,
        lapsed_on,
        signal_code

),

-- Of categories left the least count is one of days, and judged already.
found as (

    select summed.*
    from summed
    inner join rules on summed.signal_code = rules.signal_code
    where
        summed.signal_count >= rules.least_count
        or summed.signal_code = 'category_exit'

)

select * from found
