-- 可靠度较高的预测: what each method expects of a customer, on the as-of day and, to be
-- compared with what came, one horizon before it.
with

-- At the own pace, the first purchase starts the clock and is none of the days counted,
-- and less than a horizon counts as a whole one: who came yesterday and today does not
-- come each day.
customers as (

    select
        *,
        year_purchase_day_count - case when age_days < 365 then 1 else 0 end
            as paced_day_count,
        case
            when age_days < 365 then greatest(age_days, forecast_day_count)
            else 365
        end as seen_day_count

    from {{ ref('int_customer_origins__summed') }}

),

peers as (

    select * from {{ ref('int_customer_peers__learned') }}

),

-- Purchase days expected are a part of a whole. Peers are told of two origins.
paced as (

    select
        methods.method_code,
        customers.*,
        case methods.method_code
            when 'last_period' then customers.period_purchase_day_count
            when 'own_pace'
                then customers.paced_day_count * customers.forecast_day_count
            when 'peer_cells' then peers.expected_part
        end as day_part,
        case methods.method_code
            when 'last_period' then 1
            when 'own_pace' then customers.seen_day_count
            when 'peer_cells' then peers.expected_whole
        end as day_whole

    from customers
    inner join peers
        on customers.customer_id = peers.customer_id
        and customers.origin_number = peers.origin_number
    cross join {{ ref('rule_forecast_methods') }} as methods

),

-- A purchase day brings what the customer's own have brought so far, returns taken off;
-- nobody is expected to bring back more than they buy.
priced as (

    select
        *,
        greatest(case
            when method_code = 'last_period' then period_net_sales_amount
            else net_sales_amount
        end, 0) as spend_amount,
        case when method_code = 'last_period' then 1 else day_part end as spend_part,
        case
            when method_code = 'last_period' then 1
            else day_whole * purchase_day_count
        end as spend_whole

    from paced

),

made as (

    select
        customer_id,
        origin_number,
        method_code,
        forecast_day_count,
        {{ crm_warehouse.money_share('1', 'day_part', 'day_whole') }}
            as expected_purchases,
        {{ crm_warehouse.money_share('spend_amount', 'spend_part', 'spend_whole') }}
            as expected_spend,
        outcome_purchase_day_count,
        outcome_net_sales_amount

    from priced

)

select * from made
