with

targets as (

    select * from {{ ref('stg_plan__targets') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

due as (

    select
        concat_ws(
            '|',
            cast(targets.target_month as string),
            'store:' || targets.store_id,
            'category:' || targets.category
        ) as target_id,
        targets.target_month,
        targets.store_id,
        targets.category,
        targets.sales_amount as target_sales_amount,
        targets.margin_amount as target_margin_amount

    from targets

    cross join told

    where targets.target_month <= told.as_of_on

)

select * from due
