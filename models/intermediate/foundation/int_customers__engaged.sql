-- What customers said, asked and answered up to the as-of day, and what it cost.
with

told as (

    select
        as_of_on,
        {{ crm_warehouse.date_add_days(
            'as_of_on', 1 - crm_warehouse.checked_integer('response_window_days', 1, 3660)
        ) }} as response_window_start_on

    from {{ ref('int_as_of') }}

),

contacts as (

    select contacts.*

    from {{ ref('stg_crm__campaign_contacts') }} as contacts

    cross join told

    where
        coalesce(contacts.cell, 'treatment') = 'treatment'
        and cast(contacts.contacted_at as date) <= told.as_of_on

),

answers as (

    select
        contacts.contact_id,
        count(*) as answer_count

    from contacts

    cross join told

    inner join {{ ref('stg_crm__campaign_responses') }} as responses
        on contacts.member_id = responses.member_id
        and contacts.campaign_id = responses.campaign_id
        and contacts.contact_id = coalesce(responses.contact_id, contacts.contact_id)

    left join {{ ref('rule_response_types') }} as response_types
        on responses.response_type = response_types.response_type

    where
        coalesce(response_types.is_answer, true)
        and cast(responses.responded_at as date) <= told.as_of_on

    group by contacts.contact_id

),

{% set measures = (
    'contact_count', 'answered_contact_count', 'contact_cost_amount',
    'service_ticket_count', 'complaint_count', 'service_cost_amount',
) -%}
interactions as (

    select
        contacts.member_id,
        case
            when cast(contacts.contacted_at as date) >= told.response_window_start_on then 1
            else 0
        end as contact_count,
        case
            when
                cast(contacts.contacted_at as date) >= told.response_window_start_on
                and answers.contact_id is not null then 1
            else 0
        end as answered_contact_count,
        contacts.cost_amount as contact_cost_amount,
        0 as service_ticket_count,
        0 as complaint_count,
        cast(null as decimal(18, 4)) as service_cost_amount

    from contacts

    cross join told

    left join answers
        on contacts.contact_id = answers.contact_id

    union all

    select
        tickets.member_id,
        0 as contact_count,
        0 as answered_contact_count,
        cast(null as decimal(18, 4)) as contact_cost_amount,
        1 as service_ticket_count,
        case when tickets.is_complaint then 1 else 0 end as complaint_count,
        tickets.cost_amount as service_cost_amount

    from {{ ref('stg_crm__service_tickets') }} as tickets

    cross join told

    where
        tickets.member_id is not null
        and cast(tickets.opened_at as date) <= told.as_of_on

),

engaged as (

    select
        member_id as customer_id,
        {%- for name in measures %}
        cast(sum({{ name }}) as {{ 'bigint' if name.endswith('count') else 'decimal(18, 4)' }})
            as {{ name }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}

    from interactions

    group by member_id

)

select * from engaged
