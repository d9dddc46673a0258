-- Source: 客户数量和客户资源, how many customers there are and who may become one.
with

people as (

    select * from {{ ref('int_customer_bases__gathered') }}

),

breakdowns as (

    select * from {{ ref('rule_customer_bases') }}

),

labels as (

    select * from {{ ref('rule_customer_base_values') }}

),

told_of as (

    select max(as_of_on) as as_of_on from {{ ref('fct_customers') }}

),

placed as (

    select
        people.*,
        breakdowns.breakdown_name,
        coalesce(
            case breakdowns.breakdown_name
                when 'status' then people.status
                when 'owner' then people.owner
                when 'source' then people.source
                when 'potential' then people.potential
            end,
            breakdowns.unknown_value
        ) as breakdown_value

    from people
    cross join breakdowns

),

summed as (

    select
        breakdown_name,
        breakdown_value,
        count(*) filter (where base_kind = 'customer') as customer_count,
        count(*) filter (where base_kind = 'lead') as lead_count,
        cast(sum(window_net_sales_amount) as decimal(18, 4)) as window_net_sales_amount,
        cast(sum(open_opportunity_count) as bigint) as open_opportunity_count,
        cast(sum(open_amount) as decimal(18, 4)) as open_amount

    from placed
    group by breakdown_name, breakdown_value

),

told as (

    select
        summed.breakdown_name,
        summed.breakdown_value,
        breakdowns.breakdown_label,
        breakdowns.breakdown_label_zh,
        labels.value_order,
        coalesce(labels.value_name, summed.breakdown_value) as value_name,
        coalesce(labels.value_name_zh, summed.breakdown_value) as value_name_zh,
        summed.customer_count,
        case when sum(summed.lead_count) over () > 0 then summed.lead_count end
            as lead_count,
        {{ crm_warehouse.safe_ratio(
            'summed.customer_count + summed.lead_count',
            'sum(summed.customer_count + summed.lead_count) over whole'
        ) }} as base_share,
        summed.window_net_sales_amount,
        summed.open_opportunity_count,
        summed.open_amount,
        labels.action,
        labels.action_zh,
        told_of.as_of_on

    from summed
    inner join breakdowns on summed.breakdown_name = breakdowns.breakdown_name
    left join labels
        on summed.breakdown_name = labels.breakdown_name
        and summed.breakdown_value = labels.breakdown_value
    cross join told_of
    window whole as (partition by summed.breakdown_name)

)

select * from told
