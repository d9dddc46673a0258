-- The rate to the base currency of each ticket; null where there is none to be had.
{{ config(materialized='view') }}

with

tickets as (

    select * from {{ ref('int_tickets__dated') }}

),

-- One currency, or none, is the base; several need the setting or rates for all of them.
bases as (

    select
        {% if crm_warehouse.base_currency() -%}
        cast('{{ crm_warehouse.base_currency() }}' as string) as base_currency,
        false as is_undivided
        {%- else -%}
        min(currency) as base_currency,
        count(distinct currency) <= 1 as is_undivided

    from tickets
        {%- endif %}

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
        on currency_days.currency = rates.currency
        and rates.rate_on <= currency_days.sold_on
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
            when bases.is_undivided then cast(1 as decimal(20, 10))
            {% if crm_warehouse.base_currency() -%}
            when coalesce(tickets.currency, bases.base_currency) = bases.base_currency
                then cast(1 as decimal(20, 10))
            {% endif -%}
            else last_rates.rate_to_base
        end as rate_to_base

    from tickets

    cross join bases

    left join last_rates
        on tickets.currency = last_rates.currency
        and tickets.sold_on = last_rates.sold_on

)

select * from rated
