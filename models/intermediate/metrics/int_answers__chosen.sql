-- The latest answer of each customer to each question, in the window and in each month,
-- whole and by split; one of nobody we know counts for itself.
with

answers as (

    select * from {{ ref('int_answers__rated') }}

),

splits as (

    select * from {{ ref('rule_satisfaction_splits') }}

),

told as (

    select
        max(as_of_on) as as_of_on,
        max(window_start_on) as window_start_on,
        max(window_month_count) as window_month_count

    from {{ ref('fct_customers') }}

),

dated as (

    select
        *,
        'month' as period_type,
        {{ crm_warehouse.month_start('answered_on') }} as period_start_on,
        {{ crm_warehouse.month_end('answered_on') }} as period_end_on

    from answers

    union all

    select
        answers.*,
        'window' as period_type,
        told.window_start_on as period_start_on,
        told.as_of_on as period_end_on

    from answers
    inner join told on answers.answered_on >= told.window_start_on

),

placed as (

    select
        dated.*,
        splits.breakdown_name,
        coalesce(
            case splits.breakdown_name
                when 'store' then dated.store_id
                when 'survey' then dated.survey_name
            end,
            splits.unknown_value
        ) as breakdown_value,
        told.window_month_count,
        told.as_of_on

    from dated
    cross join splits
    cross join told

),

chosen as (

    select *
    from placed
    qualify row_number() over (
        partition by
            question,
            period_type,
            period_start_on,
            breakdown_name,
            breakdown_value,
            customer_id,
            case when customer_id is null then response_id end
        order by answered_at desc, response_id desc
    ) = 1

)

select * from chosen
