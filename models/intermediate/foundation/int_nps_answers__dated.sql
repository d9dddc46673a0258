-- Whether customers would recommend us, and until when the answer was their latest. Of
-- several on one day the last one counts. NPS is asked from 0 to 10: an answer on
-- another scale says nothing of promoters.
with

answers as (

    select
        coalesce(members.customer_id, surveys.member_id) as customer_id,
        cast(surveys.responded_at as date) as answered_on,
        surveys.score

    from {{ ref('stg_crm__surveys') }} as surveys

    cross join {{ ref('int_as_of') }} as told

    left join {{ ref('int_members__resolved') }} as members
        on surveys.member_id = members.member_id

    where
        surveys.question = 'nps'
        and surveys.member_id is not null
        and coalesce(surveys.scale_max, 10) = 10
        and cast(surveys.responded_at as date) <= told.as_of_on

    qualify row_number() over (
        partition by
            coalesce(members.customer_id, surveys.member_id),
            cast(surveys.responded_at as date)
        order by surveys.responded_at desc, surveys.response_id desc
    ) = 1

),

dated as (

    select
        customer_id,
        answered_on,
        lead(answered_on) over (
            partition by customer_id order by answered_on asc nulls last
        ) as next_answered_on,
        score >= {{ crm_warehouse.checked_integer('promoter_score', 0, 10) }}
            as is_promoter

    from answers

)

select * from dated
