with

customers as (

    select * from {{ ref('dim_customers') }}

),

bought as (

    select * from {{ ref('int_customers__bought') }}

),

told as (

    select * from {{ ref('int_as_of') }}

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
        engaged.contact_count,
        engaged.answered_contact_count,
        {{ crm_warehouse.safe_ratio(
            'engaged.answered_contact_count', 'engaged.contact_count'
        ) }} as response_rate,
        referring.referral_count,
        referring.referred_sales_amount,
        surveyed.latest_nps_score,
        surveyed.latest_csat_score,
        surveyed.latest_ces_score,
        engaged.service_ticket_count,
        engaged.complaint_count,
        cast(
            coalesce(engaged.contact_cost_amount, engaged.service_cost_amount * 0)
            + coalesce(engaged.service_cost_amount, 0)
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

    left join {{ ref('int_customers__referring') }} as referring
        on customers.customer_id = referring.customer_id

)

select * from facts
