-- What a customer is and mostly does, in words that profiles may count.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

bought as (

    select * from {{ ref('fct_customer_categories') }}

    where window_net_sales_amount > 0

),

categories as (

    select
        customer_id,
        category

    from bought
    qualify row_number() over (
        partition by customer_id
        order by window_net_sales_amount desc nulls last, category asc nulls last
    ) = 1

),

visits as (

    select
        customer_id,
        channel,
        sum(ticket_count) as ticket_count,
        max(last_on) as last_on

    from {{ ref('int_customer_visits__summed') }}
    where channel is not null and ticket_count > 0
    group by customer_id, channel

),

channels as (

    select
        customer_id,
        channel

    from visits
    qualify row_number() over (
        partition by customer_id
        order by
            ticket_count desc nulls last,
            last_on desc nulls last,
            channel asc nulls last
    ) = 1

),

described as (

    select
        customers.customer_id,
        customers.age_band,
        customers.gender,
        customers.marital_status,
        customers.education,
        customers.occupation,
        customers.income_band,
        customers.customer_type,
        customers.industry,
        customers.company_size,
        customers.region,
        customers.country,
        customers.home_store_id as home_store,
        categories.category as top_category,
        channels.channel as main_channel,
        lives.stage_code as loyalty_stage,
        lives.activity_status as activity

    from customers
    left join categories on customers.customer_id = categories.customer_id
    left join channels on customers.customer_id = channels.customer_id
    left join {{ ref('seg_lifecycle') }} as lives
        on customers.customer_id = lives.customer_id

)

select * from described
