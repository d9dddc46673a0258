-- Campaigns without a control: what customers of the same decile of earlier net sales
-- bought who were not contacted. The day is that of the campaign's first assignment.
with

campaigns as (

    select
        campaign_id,
        measured_from_on,
        measured_until_on,
        {{ crm_warehouse.date_add_days(
            'measured_from_on',
            '-' ~ crm_warehouse.days_between('measured_from_on', 'measured_until_on')
        ) }} as compared_from_on
    from {{ ref('int_assignments__summed') }}
    where control_assigned_count = 0 and treatment_measured_count > 0

),

sums as (

    select
        campaigns.campaign_id,
        days.customer_id,
        sum(days.net_sales_amount) filter (
            where days.sold_on < campaigns.measured_from_on
        ) as before_amount,
        sum(days.net_sales_amount) filter (
            where days.sold_on > campaigns.measured_from_on
        ) as after_amount

    from campaigns
    inner join {{ ref('fct_customer_days') }} as days
        on campaigns.compared_from_on <= days.sold_on
        and campaigns.measured_until_on >= days.sold_on
    group by campaigns.campaign_id, days.customer_id

),

compared as (

    select
        campaigns.campaign_id,
        customers.customer_id,
        assigned.customer_id is not null as is_treated,
        coalesce(sums.before_amount, 0) as before_amount,
        coalesce(sums.after_amount, 0) as after_amount

    from campaigns
    inner join {{ ref('fct_customers') }} as customers
        on campaigns.measured_from_on > customers.first_purchase_on
    left join sums
        on campaigns.campaign_id = sums.campaign_id
        and customers.customer_id = sums.customer_id
    left join {{ ref('int_assignments__measured') }} as assigned
        on campaigns.campaign_id = assigned.campaign_id
        and customers.customer_id = assigned.customer_id

),

ranked as (

    select
        *,
        cast(rank() over (
            partition by campaign_id order by before_amount asc nulls first
        ) as bigint) - 1 as worse_count,
        count(*) over (partition by campaign_id) as compared_count
    from compared

),

classed as (

    select
        ranked.campaign_id,
        {{ crm_warehouse.relative_score(
            'ranked.worse_count', 'ranked.compared_count',
            'cast(limits.limit_value as bigint)'
        ) }} as match_class,
        {% for name, condition in (
            ('treated', 'ranked.is_treated'), ('other', 'not ranked.is_treated')
        ) -%}
        {% for column in ('before_amount', 'after_amount') -%}
        cast(
            sum(ranked.{{ column }}) filter (where {{ condition }}) as decimal(18, 4)
        ) as {{ name }}_{{ column }},
        {% endfor -%}
        count(*) filter (where {{ condition }}) as {{ name }}_count,
        {% endfor -%}
        max(ranked.compared_count) as compared_count

    from ranked
    inner join {{ ref('rule_campaign_limits') }} as limits
        on limits.limit_code = 'match_class_count'
    group by all

)

select * from classed
