with

responses as (

    select * from {{ ref('stg_crm__campaign_responses') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

response_types as (

    select * from {{ ref('rule_response_types') }}

),

members as (

    select * from {{ ref('int_members__resolved') }}

),

known as (

    select * from {{ ref('int_customers__known') }}

),

facts as (

    select
        responses.response_id,
        responses.campaign_id,
        known.customer_id,
        responses.contact_id,
        responses.responded_at,
        cast(responses.responded_at as date) as responded_on,
        responses.response_type,
        coalesce(response_types.is_answer, true) as is_answer,
        coalesce(response_types.is_opt_out, false) as is_opt_out,
        response_types.response_type is not null as is_known_type

    from responses
    cross join told
    left join response_types
        on lower(responses.response_type) = response_types.response_type
    left join members on responses.member_id = members.member_id
    left join known
        on coalesce(members.customer_id, responses.member_id) = known.customer_id
    where cast(responses.responded_at as date) <= told.as_of_on

)

select * from facts
