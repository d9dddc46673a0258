-- High or low in net sales and in margin rate, by products of sums: no rounding
-- decides.
with

buyers as (

    select * from {{ ref('fct_customers') }}

    where is_window_buyer

),

thresholds as (

    select * from {{ ref('int_sales_thresholds__set') }}

),

company as (

    select * from {{ ref('int_company_rates__summed') }}

),

judged as (

    select
        buyers.customer_id,
        buyers.window_net_sales_amount as net_sales_amount,
        buyers.window_margin_amount as margin_amount,
        buyers.window_margin_known_sales_amount as margin_known_sales_amount,
        thresholds.chosen_amount,
        -- With a digit more, products are of 38 digits, which both engines hold.
        cast(thresholds.chosen_count as decimal(19, 0)) as chosen_count,
        cast(company.margin_amount as decimal(19, 4)) as company_margin_amount,
        cast(company.margin_known_sales_amount as decimal(19, 4))
            as company_known_sales_amount,
        coalesce(
            buyers.window_net_sales_amount > 0
            and buyers.window_margin_known_sales_amount > 0
            and buyers.window_margin_known_sales_amount
            >= buyers.window_net_sales_amount
            * cast(thresholds.least_margin_known_share as decimal(19, 4))
            and company.margin_known_sales_amount > 0,
            false
        ) as is_margin_judged

    from buyers
    cross join thresholds
    cross join company

),

leveled as (

    select
        customer_id,
        case
            when net_sales_amount * chosen_count >= chosen_amount then 'H'
            else 'L'
        end as sales_level,
        case
            when not is_margin_judged then null
            when
                margin_amount * company_known_sales_amount
                >= company_margin_amount * margin_known_sales_amount
                then 'H'
            else 'L'
        end as margin_level,
        net_sales_amount,
        margin_amount,
        margin_known_sales_amount,
        case
            when margin_known_sales_amount > 0
                then {{ safe_ratio('margin_amount', 'margin_known_sales_amount') }}
        end as margin_rate,
        case
            when net_sales_amount > 0
                then {{ safe_ratio(
                    'coalesce(margin_known_sales_amount, 0)', 'net_sales_amount'
                ) }}
        end as margin_known_share

    from judged

)

select * from leveled
