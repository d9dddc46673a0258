with

surveys as (

    select * from {{ ref('stg_crm__surveys') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

answered as (

    select
        surveys.response_id,
        customers.customer_id,
        surveys.store_id,
        cast(surveys.responded_at as date) as answered_on,
        surveys.responded_at as answered_at,
        surveys.survey_name,
        surveys.question,
        surveys.score,
        surveys.scale_max,
        surveys.member_id is null as is_anonymous

    from surveys

    cross join told

    left join {{ ref('int_members__resolved') }} as members
        on surveys.member_id = members.member_id

    left join {{ ref('int_customers__known') }} as customers
        on coalesce(members.customer_id, surveys.member_id) = customers.customer_id

    where cast(surveys.responded_at as date) <= told.as_of_on

)

select * from answered
