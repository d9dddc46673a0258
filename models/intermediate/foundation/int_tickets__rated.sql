-- The rate to the base currency of each ticket; null where there is none to be had.
{{ config(materialized='view') }}

with

tickets as (

    select * from {{ ref('int_tickets__dated') }}

),

-- One currency, or none, is the base; several need the setting, or rates for all.
{% set base_currency = crm_warehouse.base_currency() -%}
{% if base_currency -%}
{% set is_base = "coalesce(tickets.currency, '" ~ base_currency ~ "') = '"
    ~ base_currency ~ "'" -%}
{% else -%}
{% set is_base = 'currencies.currency_count <= 1' -%}
{% endif -%}
currencies as (

    select count(distinct currency) as currency_count from tickets

),

currency_days as (

    select
        tickets.currency,
        tickets.sold_on

    from tickets

    group by tickets.currency, tickets.sold_on

),

last_rates as (

    select
        currency_days.currency,
        currency_days.sold_on,
        max_by(rates.rate_to_base, rates.rate_on) as rate_to_base

    from currency_days

    inner join {{ ref('stg_plan__exchange_rates') }} as rates
        on currency_days.currency = upper(rates.currency)
        and currency_days.sold_on >= rates.rate_on
        and rates.rate_on >= {{ crm_warehouse.date_add_days(
            'currency_days.sold_on',
            -crm_warehouse.checked_integer('exchange_rate_max_age_days', 0, 3660)
        ) }}

    group by currency_days.currency, currency_days.sold_on

),

rated as (

    select
        tickets.*,
        case
            when {{ is_base }} or tickets.transaction_type = 'void'
                then cast(1 as decimal(20, 10))
            else last_rates.rate_to_base
        end as rate_to_base

    from tickets

    cross join currencies

    left join last_rates
        on tickets.currency = last_rates.currency
        and tickets.sold_on = last_rates.sold_on

)

select * from rated
