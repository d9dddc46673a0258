-- What is known and thought of a customer, in one row.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

facts as (

    select * from {{ ref('fct_customers') }}

),

placed as (

    select * from {{ ref('int_customers__placed') }}

),

rhythms as (

    select * from {{ ref('seg_regularity') }}

),

united as (

    select
        placed.*,
        customers.customer_type,
        customers.gender,
        customers.age_band,
        customers.income_band,
        customers.region,
        customers.country,
        customers.home_store_id,
        customers.joined_on,
        customers.is_key_account,
        facts.is_window_buyer,
        facts.first_purchase_on,
        facts.last_purchase_on,
        facts.recency_days,
        facts.purchase_day_count,
        facts.net_sales_amount,
        facts.margin_amount,
        facts.window_purchase_day_count,
        facts.window_ticket_count,
        facts.window_return_count,
        facts.window_net_sales_amount,
        facts.window_return_amount,
        facts.window_margin_amount,
        {{ safe_ratio(
            'facts.window_margin_amount', 'facts.window_margin_known_sales_amount'
        ) }} as window_margin_rate,
        facts.response_rate,
        facts.referral_count,
        facts.referred_sales_amount,
        facts.latest_nps_score,
        facts.complaint_count,
        facts.cost_to_serve_amount,
        rhythms.regularity_code,
        rhythms.regularity_name,
        rhythms.regularity_name_zh,
        rhythms.median_gap_days,
        rhythms.next_due_on,
        rhythms.overdue_ratio,
        standings.is_overdue,
        needs.need_category,
        needs.need_index,
        memberships.heavy_category_count,
        memberships.behaviour_count,
        bargains.is_cherry_picker,
        bargains.is_bulk_buyer,
        bargains.is_house_customer,
        bargains.is_house_suspect,
        facts.as_of_on,
        facts.window_start_on,
        facts.window_month_count

    from customers
    inner join facts on customers.customer_id = facts.customer_id
    inner join placed on customers.customer_id = placed.customer_id
    left join rhythms on customers.customer_id = rhythms.customer_id
    left join {{ ref('fct_customer_standings') }} as standings
        on customers.customer_id = standings.customer_id
    left join {{ ref('seg_needs') }} as needs
        on customers.customer_id = needs.customer_id
    left join {{ ref('int_customer_memberships__counted') }} as memberships
        on customers.customer_id = memberships.customer_id
    left join {{ ref('seg_bargains') }} as bargains
        on customers.customer_id = bargains.customer_id

)

select * from united
