with

costs as (

    select * from {{ ref('stg_plan__costs') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

fallen as (

    select
        concat_ws(
            '|',
            cast(costs.cost_month as string),
            costs.cost_type,
            'channel:' || costs.channel,
            'campaign:' || costs.campaign_id
        ) as cost_id,
        costs.cost_month,
        costs.cost_type,
        costs.channel,
        costs.campaign_id,
        costs.amount as cost_amount

    from costs

    cross join told

    where costs.cost_month <= told.as_of_on

)

select * from fallen
