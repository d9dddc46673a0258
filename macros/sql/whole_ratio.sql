{#- How many times the denominator goes into the numerator, as a bigint; null for 0. -#}
{% macro whole_ratio(numerator, denominator) -%}
    cast(
        {{ crm_warehouse.whole_part(numerator, 'nullif(' ~ denominator ~ ', 0)') }}
        as bigint
    )
{%- endmacro %}
