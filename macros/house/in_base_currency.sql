{#- Money at the ticket's rate_to_base. Most shops have one currency, and a wide decimal
    product costs more than all else in a fact, so a rate of 1 is not multiplied. -#}
{% macro in_base_currency(amount) -%}
    case
        when rate_to_base = 1 then cast({{ amount }} as decimal(18, 4))
        else cast(({{ amount }}) * rate_to_base as decimal(18, 4))
    end
{%- endmacro %}
