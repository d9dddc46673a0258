-- 应该保留或应该争取的客户: churn risk × value × how likely they answer, the best first.
with

risks as (

    select * from {{ ref('int_churn_risks__valued') }}
    where value_amount > 0

),

contactable as (

    select * from {{ ref('int_customers__contactable') }}

),

-- The highest band that the days since the last purchase reach.
weighed as (

    select
        risks.*,
        {{ crm_warehouse.money_product(
            'risks.value_amount',
            'cast(cast(risks.churn_risk as decimal(19, 6))'
            ~ ' * coalesce(contactable.response_likelihood, 1) as decimal(18, 6))'
        ) }} as priority_amount,
        bands.risk_code,
        bands.risk_name,
        bands.risk_name_zh,
        bands.action,
        bands.action_zh

    from risks
    inner join contactable on risks.customer_id = contactable.customer_id
    inner join {{ ref('rule_churn_risks') }} as bands
        on risks.recency_days >= bands.least_risk * risks.lost_after_days
    qualify row_number() over (
        partition by risks.customer_id order by bands.least_risk desc nulls last
    ) = 1

),

ranked as (

    select
        weighed.customer_id,
        cast(row_number() over (
            order by
                weighed.priority_amount desc nulls last,
                weighed.value_amount desc nulls last,
                weighed.customer_id asc nulls last
        ) as bigint) as priority_rank,
        weighed.priority_amount,
        weighed.churn_risk,
        weighed.risk_code,
        weighed.risk_name,
        weighed.risk_name_zh,
        weighed.last_purchase_on,
        weighed.recency_days,
        weighed.has_own_rhythm,
        weighed.lost_after_days,
        weighed.value_amount,
        bases.value_basis_code,
        bases.value_basis_name,
        bases.value_basis_name_zh,
        weighed.net_sales_amount,
        contactable.response_likelihood,
        customers.tier_code,
        customers.tier_name,
        customers.tier_name_zh,
        contactable.owner_staff_id,
        customers.home_store_id,
        contactable.allowed_channels,
        contactable.preferred_channel_code,
        contactable.preferred_channel_name,
        contactable.preferred_channel_name_zh,
        weighed.action,
        weighed.action_zh,
        weighed.as_of_on,
        weighed.window_start_on,
        weighed.window_month_count

    from weighed
    inner join contactable on weighed.customer_id = contactable.customer_id
    inner join {{ ref('rule_value_bases') }} as bases
        on weighed.value_basis_code = bases.value_basis_code
    inner join {{ ref('seg_customers') }} as customers
        on weighed.customer_id = customers.customer_id

)

select * from ranked
