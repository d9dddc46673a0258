-- What the share of a behaviour is of: the customer's lines, tickets or responses.
with

counted as (

    select
        customer_id,
        'line' as evidence_code,
        sum(line_count) as evidence_count
    from {{ ref('int_customer_purchases__summed') }}
    group by customer_id
    union all
    select
        customer_id,
        'ticket' as evidence_code,
        window_ticket_count as evidence_count
    from {{ ref('fct_customers') }}
    where window_ticket_count > 0
    union all
    select
        customer_id,
        'response' as evidence_code,
        sum(evidence_count) as evidence_count
    from {{ ref('int_customer_habits__summed') }}
    where kind_code = 'response_type'
    group by customer_id

),

typed as (

    select
        customer_id,
        evidence_code,
        cast(evidence_count as bigint) as evidence_count

    from counted

)

select * from typed
