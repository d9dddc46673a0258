-- 争取新客户的费用, 平均客户交互成本, 开发新客户是维护老客户成本的6-8倍.
with

summed as (

    select * from {{ ref('int_relationships__summed') }}

),

segments as (

    select * from {{ ref('rule_rfm_segments') }}

),

led as (

    select
        *,
        sum(case when breakdown_value != 'unknown' then buyer_count end) over (
            partition by breakdown_code
        ) as led_buyer_count

    from summed

),

-- Without leads nobody knows by which channel a customer came.
counted as (

    select
        *,
        case
            when
                breakdown_code = 'all'
                or (led_buyer_count > 0 and acquisition_amount is not null)
                then coalesce(new_customer_count, 0)
            else new_customer_count
        end as told_new_customer_count

    from led

),

told as (

    select
        counted.breakdown_code,
        counted.breakdown_value,
        coalesce(segments.segment_name, counted.breakdown_value) as value_name,
        coalesce(segments.segment_name_zh, counted.breakdown_value) as value_name_zh,
        cast(counted.acquisition_amount as decimal(18, 4)) as acquisition_cost_amount,
        cast(counted.told_new_customer_count as bigint) as new_customer_count,
        {{ crm_warehouse.safe_ratio(
            'counted.acquisition_amount', 'counted.told_new_customer_count'
        ) }} as acquisition_cost_per_customer,
        cast(counted.buyer_count as bigint) as buyer_count,
        {{ crm_warehouse.safe_ratio(
            'counted.margin_amount', '(counted.buyer_count * counted.window_month_count)'
        ) }} as monthly_margin_per_customer,
        case when counted.margin_amount > 0 then {{ crm_warehouse.safe_ratio(
            '(counted.acquisition_amount * counted.buyer_count'
            ~ ' * counted.window_month_count)',
            '(counted.margin_amount * counted.told_new_customer_count)'
        ) }} end as payback_month_count,
        cast(counted.retention_amount as decimal(18, 4)) as retention_cost_amount,
        case counted.breakdown_code
            when 'all' then cast(coalesce(counted.kept_customer_count, 0) as bigint)
            when 'segment' then cast(counted.kept_customer_count as bigint)
        end as kept_customer_count,
        case when counted.breakdown_code = 'all' then {{ crm_warehouse.safe_ratio(
            'counted.retention_amount', 'counted.kept_customer_count'
        ) }} end as retention_cost_per_customer,
        case when counted.breakdown_code = 'all' then {{ crm_warehouse.safe_ratio(
            '(counted.acquisition_amount * counted.kept_customer_count)',
            '(greatest(counted.retention_amount, 0) * counted.new_customer_count)'
        ) }} end as acquisition_to_retention_rate,
        cast(counted.service_amount as decimal(18, 4)) as service_cost_amount,
        cast(counted.interaction_count as bigint) as interaction_count,
        cast(counted.costed_interaction_count as bigint) as costed_interaction_count,
        cast(counted.interaction_amount as decimal(18, 4)) as interaction_cost_amount,
        {{ crm_warehouse.safe_ratio(
            'counted.interaction_amount', 'counted.costed_interaction_count'
        ) }} as cost_per_interaction,
        case when counted.breakdown_code != 'channel' then {{ crm_warehouse.safe_ratio(
            'counted.interaction_amount', 'counted.kept_customer_count'
        ) }} end as interaction_cost_per_kept_customer,
        counted.basis_start_on,
        counted.is_left_censored,
        counted.window_month_count,
        counted.as_of_on

    from counted
    left join segments
        on counted.breakdown_code = 'segment'
        and counted.breakdown_value = segments.segment_code

)

select * from told
