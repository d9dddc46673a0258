-- Each month counts every customer who answered once, and every answer of nobody we
-- know; the sides of an answer do not overlap.
with

cells as (

    select * from {{ ref('agg_satisfaction') }}

),

counted as (

    select
        question,
        {{ month_start('answered_on') }} as period_start_on,
        count(distinct customer_id) as customer_count,
        count(*) filter (where customer_id is null) as unknown_count

    from {{ ref('fct_surveys') }}
    where question != 'nps' or coalesce(scale_max, 10) = 10
    group by all

)

select
    counted.*,
    cells.answer_count

from counted
full join cells
    on counted.question = cells.question
    and counted.period_start_on = cells.period_start_on
where
    coalesce(cells.period_type, 'month') = 'month'
    and coalesce(cells.breakdown_name, 'all') = 'all'
    and (
        counted.customer_count is distinct from cells.customer_count
        or counted.customer_count + counted.unknown_count
        is distinct from cells.answer_count
        or cells.favourable_count + cells.unfavourable_count > cells.answer_count
    )
