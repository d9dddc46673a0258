with

customers as (

    select * from {{ ref('dim_customers') }}

),

days as (

    select * from {{ ref('fct_customer_days') }}

),

told as (

    select * from {{ ref('int_as_of') }}

),

{% set sums = {
    'unit_count': 'decimal(18, 6)', 'net_sales_amount': 'decimal(18, 4)',
    'return_amount': 'decimal(18, 4)', 'discount_amount': 'decimal(18, 4)',
    'margin_amount': 'decimal(18, 4)', 'margin_known_sales_amount': 'decimal(18, 4)',
} -%}
{% set in_window = 'days.sold_on >= told.window_start_on' -%}
bought as (

    select
        days.customer_id,
        min(days.sold_on) filter (where days.is_purchase_day) as first_purchase_on,
        max(days.sold_on) filter (where days.is_purchase_day) as last_purchase_on,
        count_if(days.is_purchase_day) as purchase_day_count,
        sum(days.ticket_count) as ticket_count,
        sum(days.return_count) as return_count,
        count_if(days.is_purchase_day and {{ in_window }}) as window_purchase_day_count,
        sum(case when {{ in_window }} then days.ticket_count end) as window_ticket_count,
        sum(case when {{ in_window }} then days.return_count end) as window_return_count
        {%- for name, type in sums.items() %},
        cast(sum(days.{{ name }}) as {{ type }}) as {{ name }},
        cast(sum(case when {{ in_window }} then days.{{ name }} end) as {{ type }})
            as window_{{ name }}
        {%- endfor %}

    from days

    cross join told

    group by days.customer_id

),

referrals as (

    select
        customers.referred_by_customer_id as customer_id,
        count(*) as referral_count,
        sum(bought.net_sales_amount) as referred_sales_amount

    from customers

    left join bought
        on customers.customer_id = bought.customer_id

    where customers.referred_by_customer_id is not null

    group by customers.referred_by_customer_id

),

facts as (

    select
        customers.customer_id,
        told.as_of_on,
        told.window_start_on,
        told.window_month_count,
        coalesce(bought.window_purchase_day_count, 0) > 0 as is_window_buyer,
        bought.first_purchase_on,
        bought.last_purchase_on,
        {{ crm_warehouse.days_between('bought.last_purchase_on', 'told.as_of_on') }}
            as recency_days,
        {% for scope in ('', 'window_') -%}
        {% for name in ('purchase_day', 'ticket', 'return') -%}
        cast(coalesce(bought.{{ scope }}{{ name }}_count, 0) as bigint)
            as {{ scope }}{{ name }}_count,
        {% endfor -%}
        bought.{{ scope }}unit_count,
        {% for name in ('net_sales_amount', 'return_amount') -%}
        cast(coalesce(bought.{{ scope }}{{ name }}, 0) as decimal(18, 4))
            as {{ scope }}{{ name }},
        {% endfor -%}
        bought.{{ scope }}discount_amount,
        bought.{{ scope }}margin_amount,
        bought.{{ scope }}margin_known_sales_amount,
        {% endfor -%}
        cast(coalesce(
            bought.window_{{ crm_warehouse.frequency_unit() }}_count, 0
        ) as bigint) as window_frequency_count,
        {{ crm_warehouse.safe_ratio(
            crm_warehouse.days_between('bought.first_purchase_on', 'bought.last_purchase_on'),
            'bought.purchase_day_count - 1'
        ) }} as mean_gap_days,
        ranged.category_count,
        ranged.store_count,
        cast(engaged.contact_count as bigint) as contact_count,
        {{ crm_warehouse.safe_ratio(
            'engaged.answered_contact_count', 'engaged.contact_count'
        ) }} as response_rate,
        coalesce(referrals.referral_count, 0) as referral_count,
        cast(coalesce(referrals.referred_sales_amount, 0) as decimal(18, 4))
            as referred_sales_amount,
        surveyed.latest_nps_score,
        surveyed.latest_csat_score,
        surveyed.latest_ces_score,
        cast(engaged.service_ticket_count as bigint) as service_ticket_count,
        cast(engaged.complaint_count as bigint) as complaint_count,
        cast(
            coalesce(engaged.contact_cost_amount, engaged.service_cost_amount * 0)
            + coalesce(engaged.service_cost_amount, engaged.contact_cost_amount * 0)
            as decimal(18, 4)
        ) as cost_to_serve_amount

    from customers

    cross join told

    left join bought
        on customers.customer_id = bought.customer_id

    left join {{ ref('int_customers__ranged') }} as ranged
        on customers.customer_id = ranged.customer_id

    left join {{ ref('int_customers__engaged') }} as engaged
        on customers.customer_id = engaged.customer_id

    left join {{ ref('int_customers__surveyed') }} as surveyed
        on customers.customer_id = surveyed.customer_id

    left join referrals
        on customers.customer_id = referrals.customer_id

)

select * from facts
