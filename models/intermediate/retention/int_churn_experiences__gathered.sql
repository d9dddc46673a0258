-- What may have put customers off, whether they left or not.
with

experiences as (

    select
        customer_id,
        'return' as signal_code,
        sold_on as signal_on,
        return_count as signal_count,
        return_amount as signal_amount,
        cast(null as decimal(18, 6)) as lost_points

    from {{ ref('fct_customer_days') }}
    where return_count > 0

    union all

    select
        customer_id,
        'complaint' as signal_code,
        opened_on as signal_on,
        1 as signal_count,
        null as signal_amount,
        null as lost_points

    from {{ ref('fct_service_tickets') }}
    where
        customer_id is not null
        and is_complaint

    union all

    select
        customer_id,
        'lost_points' as signal_code,
        occurred_on as signal_on,
        1 as signal_count,
        -stored_value_amount as signal_amount,
        -points as lost_points

    from {{ ref('fct_card_movements') }}
    where
        customer_id is not null
        and movement_type = 'expire'
        and (points < 0 or stored_value_amount < 0)

),

gathered as (

    select
        customer_id,
        signal_code,
        signal_on,
        cast(sum(signal_count) as bigint) as signal_count,
        cast(sum(signal_amount) as decimal(18, 4)) as signal_amount,
        cast(sum(lost_points) as decimal(18, 6)) as lost_points

    from experiences
    group by
        customer_id,
        signal_code,
        signal_on

)

select * from gathered
