-- 需求及購買規律: who has been due by their own rhythm, and in which categories.
{% set least = crm_warehouse.checked_integer('rhythm_gap_count', 1, 1000) -%}
with

rhythms as (

    select
        customer_id,
        'customer' as scope_code,
        'all' as category,
        last_purchase_on,
        recency_days,
        gap_count,
        median_gap_days,
        net_sales_amount as window_net_sales_amount,
        as_of_on

    from {{ ref('fct_customer_standings') }}
    where gap_count >= {{ least }}

    union all

    select
        customer_id,
        'category' as scope_code,
        category,
        last_purchase_on,
        {{ crm_warehouse.days_between('last_purchase_on', 'as_of_on') }}
            as recency_days,
        purchase_day_count - 1 as gap_count,
        median_gap_days,
        window_net_sales_amount,
        as_of_on

    from {{ ref('fct_customer_categories') }}
    where purchase_day_count - 1 >= {{ least }}

),

-- The longest band that the days since the last purchase have passed.
overdue as (

    select
        rhythms.*,
        bands.band_code,
        bands.band_order,
        bands.band_name,
        bands.band_name_zh,
        bands.action,
        bands.action_zh

    from rhythms
    inner join {{ ref('rule_replenishment_bands') }} as bands
        on rhythms.recency_days > bands.least_overdue_ratio * rhythms.median_gap_days
    qualify row_number() over (
        partition by rhythms.customer_id, rhythms.scope_code, rhythms.category
        order by bands.least_overdue_ratio desc nulls last
    ) = 1

),

listed as (

    select
        overdue.customer_id,
        overdue.scope_code,
        overdue.category,
        overdue.last_purchase_on,
        overdue.recency_days,
        overdue.gap_count,
        overdue.median_gap_days,
        {{ crm_warehouse.date_add_days(
            'overdue.last_purchase_on', 'ceil(overdue.median_gap_days)'
        ) }} as due_on,
        {{ safe_ratio('overdue.recency_days', 'overdue.median_gap_days') }}
            as overdue_ratio,
        overdue.band_code,
        overdue.band_order,
        overdue.band_name,
        overdue.band_name_zh,
        overdue.window_net_sales_amount,
        contactable.owner_staff_id,
        contactable.allowed_channels,
        contactable.preferred_channel_code,
        contactable.preferred_channel_name,
        contactable.preferred_channel_name_zh,
        overdue.action,
        overdue.action_zh,
        overdue.as_of_on

    from overdue
    inner join {{ ref('int_customers__contactable') }} as contactable
        on overdue.customer_id = contactable.customer_id

)

select * from listed
