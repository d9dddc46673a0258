with

opportunities as (

    select * from {{ ref('stg_crm__opportunities') }}

),

judged as (

    select * from {{ ref('int_funnel_entities__judged') }}
    where entity_type = 'opportunity'

),

opportunity_orders as (

    select * from {{ ref('stg_crm__opportunity_orders') }}

),

orders as (

    select
        opportunity_orders.opportunity_id,
        transactions.transaction_id,
        transactions.net_sales_amount,
        row_number() over (
            partition by opportunity_orders.opportunity_id
            order by transactions.sold_at asc, transactions.transaction_id asc
        ) as order_number

    from opportunity_orders
    inner join {{ ref('fct_transactions') }} as transactions
        on opportunity_orders.transaction_id = transactions.transaction_id

),

ordered as (

    select
        opportunity_id,
        count(*) as order_count,
        cast(sum(net_sales_amount) as decimal(18, 4)) as order_net_sales_amount,
        min(case when order_number = 1 then transaction_id end)
            as first_order_transaction_id

    from orders
    group by opportunity_id

),

-- Without any link the table is absent: how many orders there were is unknown.
linked as (

    select case when count(*) > 0 then 0 end as no_order_count
    from opportunity_orders

),

told as (

    select
        opportunities.opportunity_id,
        opportunities.lead_id,
        coalesce(members.customer_id, opportunities.member_id) as customer_id,
        opportunities.owner_staff_id,
        opportunities.product_id,
        judged.stage,
        judged.stage_code,
        judged.stage_kind,
        judged.is_mapped_stage,
        judged.is_open,
        judged.outcome_kind = 'won' as is_won,
        opportunities.amount,
        opportunities.created_at,
        cast(opportunities.created_at as date) as created_on,
        judged.closed_at,
        cast(judged.closed_at as date) as closed_on,
        case when judged.outcome_kind = 'lost' then opportunities.lost_reason end
            as lost_reason,
        coalesce(ordered.order_count, linked.no_order_count) as order_count,
        ordered.order_net_sales_amount,
        ordered.first_order_transaction_id,
        judged.as_of_on

    from opportunities
    inner join judged on opportunities.opportunity_id = judged.entity_id
    left join ordered on opportunities.opportunity_id = ordered.opportunity_id
    left join {{ ref('int_members__resolved') }} as members
        on opportunities.member_id = members.member_id
    cross join linked

)

select * from told
