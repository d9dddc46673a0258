{% macro in_base_currency(amount) -%}
    cast({{ amount }} * rate_to_base as decimal(18, 4))
{%- endmacro %}
