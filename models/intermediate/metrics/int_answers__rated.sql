-- On which side of its scale each answer is. NPS is told on a scale of ten only.
with

answers as (

    select * from {{ ref('fct_surveys') }}
    where question != 'nps' or coalesce(scale_max, 10) = 10

),

questions as (

    select * from {{ ref('rule_survey_questions') }}

),

scaled as (

    select
        answers.*,
        cast(coalesce(answers.scale_max, questions.usual_scale_max) as decimal(19, 6))
            as full_scale,
        questions.favourable_share,
        questions.unfavourable_share

    from answers
    inner join questions on answers.question = questions.question

),

rated as (

    select
        response_id,
        customer_id,
        store_id,
        survey_name,
        answered_on,
        answered_at,
        question,
        score,
        cast(full_scale as decimal(18, 6)) as scale_max,
        score >= coalesce(
            nullif(favourable_share, 0) * full_scale,
            {{ crm_warehouse.checked_integer('promoter_score', 0, 10) }}
        ) as is_favourable,
        score <= unfavourable_share * full_scale as is_unfavourable

    from scaled

)

select * from rated
