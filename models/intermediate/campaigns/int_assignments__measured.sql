-- 效能评估: what everyone assigned to a campaign bought from the day after on, and in as
-- many days before, whether they were contacted, answered or not.
with

told as (

    select max(as_of_on) as as_of_on from {{ ref('fct_customers') }}

),

-- The first contact assigns; one at the same moment in both cells is a treatment.
assigned as (

    select
        campaign_id,
        customer_id,
        min(contacted_on) as assigned_on,
        coalesce(
            min(contacted_at) filter (where is_control)
            < min(contacted_at) filter (where not is_control),
            count_if(is_control) > 0
        ) as is_control,
        count_if(is_control) > 0 and count_if(not is_control) > 0 as is_mixed

    from {{ ref('fct_campaign_contacts') }}
    where customer_id is not null
    group by campaign_id, customer_id

),

{% set days = crm_warehouse.checked_integer('campaign_outcome_days', 1, 366) -%}
{% set last_day = crm_warehouse.date_add_days('assigned.assigned_on', days) -%}
{% set window_end = 'coalesce(campaigns.ended_on, ' ~ last_day ~ ')' -%}
{% set until = 'least(' ~ window_end ~ ', told.as_of_on)' -%}
observed as (

    select
        assigned.*,
        told.as_of_on,
        {{ window_end }} as window_end_on,
        {{ window_end }} > told.as_of_on as is_censored,
        assigned_on < as_of_on or {{ window_end }} <= as_of_on as is_measured,
        {{ until }} as observed_until_on,
        {{ crm_warehouse.days_between('assigned.assigned_on', until) }}
            as observed_day_count

    from assigned
    cross join told
    left join {{ ref('dim_campaigns') }} as campaigns
        on assigned.campaign_id = campaigns.campaign_id

),

sums as (

    select
        observed.campaign_id,
        observed.customer_id,
        {% for column in ('net_sales', 'margin', 'margin_known_sales') -%}
        sum(days.{{ column }}_amount) filter (where days.sold_on > observed.assigned_on)
            as {{ column }}_amount,
        {% endfor -%}
        sum(days.net_sales_amount) filter (where days.sold_on < observed.assigned_on)
            as before_amount,
        count_if(days.is_purchase_day and days.sold_on > observed.assigned_on)
            as purchase_day_count

    from observed
    inner join {{ ref('fct_customer_days') }} as days
        on observed.customer_id = days.customer_id
    where
        days.sold_on <= observed.observed_until_on
        and {{ crm_warehouse.days_between('days.sold_on', 'observed.assigned_on') }}
        <= observed.observed_day_count
    group by observed.campaign_id, observed.customer_id

),

measured as (

    select
        observed.*,
        {% for column in ('net_sales_amount', 'before_amount', 'purchase_day_count') -%}
        case when observed.is_measured then cast(
            coalesce(sums.{{ column }}, 0)
            as {{ 'bigint' if 'count' in column else 'decimal(18, 4)' }}
        ) end as {{ column }},
        {% endfor -%}
        cast(sums.margin_amount as decimal(18, 4)) as margin_amount,
        cast(sums.margin_known_sales_amount as decimal(18, 4))
            as margin_known_sales_amount

    from observed
    left join sums
        on observed.campaign_id = sums.campaign_id
        and observed.customer_id = sums.customer_id

)

select * from measured
