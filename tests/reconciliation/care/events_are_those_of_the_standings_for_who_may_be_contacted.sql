-- First purchases and customers overdue, counted from the standings.
{% set event_days = crm_warehouse.checked_integer('customer_event_days', 1, 3660) -%}
with

told as (

    select
        count_if(event_code = 'first_purchase') as first_count,
        count_if(event_code = 'overdue') as overdue_count,
        max(event_on) as last_on

    from {{ ref('fct_customer_events') }}

),

expected as (

    select
        count_if({{ crm_warehouse.days_between(
            'standings.first_purchase_on', 'standings.as_of_on'
        ) }} < {{ event_days }}) as first_count,
        count_if(
            standings.is_overdue
            and standings.recency_days - floor(
                standings.median_gap_days
                * {{ crm_warehouse.checked_integer('overdue_gaps', 1, 1000) }}
            ) - 1 < {{ event_days }}
        ) as overdue_count,
        max(standings.as_of_on) as as_of_on

    from {{ ref('fct_customer_standings') }} as standings
    inner join {{ ref('int_customers__contactable') }} as contactable
        on standings.customer_id = contactable.customer_id

)

select
    told.*,
    expected.*

from told
cross join expected
where
    told.first_count != expected.first_count
    or told.overdue_count != expected.overdue_count
    or told.last_on > expected.as_of_on
