{#- Why a ticket is unfit that is fit as a row: no rate, no money on any side, or a return
    that takes money; null where it is fit. The money of a void is of no account. -#}
{% macro unsettled_reason(tickets) -%}
    case
        when {{ tickets }}.transaction_type = 'void' then null
        when {{ tickets }}.rate_to_base is null then 'currency: no_exchange_rate'
        when {{ tickets }}.net_amount is null then 'net_amount: missing'
        when {{ tickets }}.transaction_type = 'return' and {{ tickets }}.net_amount > 0
            then 'net_amount: positive_return'
    end
{%- endmacro %}
