-- The latest answer of each customer to each question up to the as-of day. NPS is asked
-- from 0 to 10: an answer on another scale is none.
with

answers as (

    select
        coalesce(members.customer_id, surveys.member_id) as customer_id,
        surveys.question,
        surveys.score

    from {{ ref('stg_crm__surveys') }} as surveys

    cross join {{ ref('int_as_of') }} as told

    left join {{ ref('int_members__resolved') }} as members
        on surveys.member_id = members.member_id

    where
        surveys.member_id is not null
        and (surveys.question != 'nps' or coalesce(surveys.scale_max, 10) = 10)
        and cast(surveys.responded_at as date) <= told.as_of_on

    qualify row_number() over (
        partition by
            coalesce(members.customer_id, surveys.member_id),
            surveys.question
        order by surveys.responded_at desc, surveys.response_id desc
    ) = 1

),

surveyed as (

    select
        customer_id,
        max(score) filter (where question = 'nps') as latest_nps_score,
        max(score) filter (where question = 'csat') as latest_csat_score,
        max(score) filter (where question = 'ces') as latest_ces_score

    from answers

    group by customer_id

)

select * from surveyed
