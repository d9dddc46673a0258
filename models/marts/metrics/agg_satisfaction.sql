-- Source: 增加顧客滿意度. Standard errors of proportions are those of the population.
with

answers as (

    select * from {{ ref('int_answers__chosen') }}

),

questions as (

    select * from {{ ref('rule_survey_questions') }}

),

summed as (

    select
        question,
        period_type,
        period_start_on,
        breakdown_name,
        breakdown_value,
        period_end_on,
        as_of_on,
        window_month_count,
        count(*) as answer_count,
        count(customer_id) as customer_count,
        count(*) filter (where is_favourable) as favourable_count,
        count(*) filter (where is_unfavourable) as unfavourable_count,
        case when min(scale_max) = max(scale_max) then min(scale_max) end as scale_max,
        cast(sum(score) as decimal(18, 6)) as score_sum,
        cast(sum(cast(score as decimal(19, 6)) * score) as decimal(38, 12)) as squares

    from answers
    group by all

),

numbered as (

    select
        *,
        cast(answer_count as double) as number,
        cast(score_sum as double) as total,
        cast(squares as double) as square_sum

    from summed

),

told as (

    select
        numbered.question,
        numbered.period_type,
        numbered.period_start_on,
        numbered.breakdown_name,
        numbered.breakdown_value,
        numbered.period_end_on,
        questions.question_name,
        questions.question_name_zh,
        numbered.answer_count,
        numbered.customer_count,
        numbered.favourable_count,
        numbered.unfavourable_count,
        {{ crm_warehouse.safe_ratio('favourable_count', 'answer_count') }}
            as favourable_share,
        cast(
            sqrt(favourable_count * (number - favourable_count) / number) / number
            as decimal(18, 6)
        ) as favourable_error,
        {{ crm_warehouse.safe_ratio('unfavourable_count', 'answer_count') }}
            as unfavourable_share,
        {{ crm_warehouse.safe_ratio(
            '100 * (favourable_count - unfavourable_count)', 'answer_count'
        ) }} as net_score,
        cast(100 * sqrt(
            favourable_count + unfavourable_count
            - (favourable_count - unfavourable_count)
            * (favourable_count - unfavourable_count) / number
        ) / number as decimal(18, 6)) as net_score_error,
        numbered.scale_max,
        case when numbered.scale_max is not null then {{ crm_warehouse.safe_ratio(
            'numbered.score_sum', 'numbered.answer_count'
        ) }} end as mean_score,
        case when scale_max is not null and answer_count > 1 then cast(sqrt(
            greatest(square_sum - total * total / number, 0) / (number - 1) / number
        ) as decimal(18, 6)) end as mean_score_error,
        questions.action,
        questions.action_zh,
        numbered.window_month_count,
        numbered.as_of_on

    from numbered
    inner join questions on numbered.question = questions.question

)

select * from told
