-- 重要的節日…關懷問候: the best customers before each festival, for who looks after them.
with

standings as (

    select standings.*
    from {{ ref('fct_customer_standings') }} as standings
    cross join {{ ref('rule_concentration_points') }} as points
    where
        points.point_code = 'top_customers'
        and standings.sales_rank
        <= {{ top_count('standings.population_count', 'points.share') }}

),

contactable as (

    select * from {{ ref('int_customers__contactable') }}

),

festivals as (

    select
        festivals.*,
        greetings.notice_day_count,
        greetings.action,
        greetings.action_zh

    from {{ ref('rule_festivals') }} as festivals
    inner join {{ ref('rule_festival_greetings') }} as greetings
        on festivals.festival_code = greetings.festival_code
    where greetings.is_greeted

),

listed as (

    select
        festivals.festival_on,
        festivals.festival_code,
        standings.customer_id,
        festivals.festival_name,
        festivals.festival_name_zh,
        {{ crm_warehouse.days_between('standings.as_of_on', 'festivals.festival_on') }}
            as notice_days,
        standings.sales_rank,
        customers.tier_code,
        customers.tier_name,
        customers.tier_name_zh,
        customers.window_net_sales_amount as net_sales_amount,
        contactable.owner_staff_id,
        customers.home_store_id,
        contactable.allowed_channels,
        contactable.preferred_channel_code,
        contactable.preferred_channel_name,
        contactable.preferred_channel_name_zh,
        festivals.action,
        festivals.action_zh,
        standings.population_count,
        standings.as_of_on,
        standings.window_start_on,
        standings.window_month_count

    from standings
    inner join contactable on standings.customer_id = contactable.customer_id
    inner join {{ ref('seg_customers') }} as customers
        on standings.customer_id = customers.customer_id
    inner join festivals
        on standings.as_of_on <= festivals.festival_on
        and {{ crm_warehouse.days_between(
            'standings.as_of_on', 'festivals.festival_on'
        ) }} <= festivals.notice_day_count

)

select * from listed
