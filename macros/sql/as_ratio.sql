{#- A square root or the like is told at six decimals at once, so that both engines give the
    same digits; what does not fit is not told. -#}
{% macro as_ratio(number) -%}
    cast(case when abs({{ number }}) < 1e11 then {{ number }} end as decimal(18, 6))
{%- endmacro %}
