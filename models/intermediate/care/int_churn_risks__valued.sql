-- How near a window buyer is to being lost, and what the customer has been worth.
{% set lost_gaps = crm_warehouse.checked_integer('overdue_gaps', 1, 1000) -%}
{% set lost_days = crm_warehouse.checked_integer('cooling_days', 1, 3660) -%}
with

standings as (

    select * from {{ ref('fct_customer_standings') }}
    where is_window_buyer

),

limits as (

    select limit_value as least_churn_risk
    from {{ ref('rule_care_limits') }}
    where limit_code = 'least_churn_risk'

),

company as (

    select
        {{ safe_ratio('sum(margin_amount)', 'sum(margin_known_sales_amount)') }}
            as margin_rate

    from standings

),

-- By own rhythm as soon as there is one, else by the days after which all are lapsed.
timed as (

    select
        *,
        overdue_ratio is not null as has_own_rhythm,
        cast(
            case
                when overdue_ratio is not null then median_gap_days * {{ lost_gaps }}
                else {{ lost_days }}
            end as decimal(18, 6)
        ) as lost_after_days

    from standings

),

valued as (

    select
        timed.customer_id,
        timed.last_purchase_on,
        timed.recency_days,
        timed.has_own_rhythm,
        timed.lost_after_days,
        {{ safe_ratio(
            'least(timed.recency_days, timed.lost_after_days)', 'timed.lost_after_days'
        ) }} as churn_risk,
        timed.net_sales_amount,
        case
            when timed.margin_amount is not null then 'margin'
            when company.margin_rate is not null then 'estimated_margin'
            else 'net_sales'
        end as value_basis_code,
        coalesce(
            timed.margin_amount,
            {{ crm_warehouse.money_product(
                'timed.net_sales_amount', 'company.margin_rate'
            ) }},
            timed.net_sales_amount
        ) as value_amount,
        timed.as_of_on,
        timed.window_start_on,
        timed.window_month_count

    from timed
    cross join company
    cross join limits
    where timed.recency_days >= limits.least_churn_risk * timed.lost_after_days

)

select * from valued
