{#- A product as money; null where it is beyond what money of one row may be. DuckDB keeps
    the product of two decimal(18, …) in 18 digits, so one factor gets a digit more; more
    than one, and Spark would round twice. -#}
{% macro money_product(amount, factor) -%}
    {%- set product = 'cast(cast(' ~ amount ~ ' as decimal(19, 6)) * ' ~ factor
        ~ ' as decimal(28, 4))' -%}
    case
        when {{ crm_warehouse.is_readable_money(product) }}
            then cast({{ product }} as decimal(18, 4))
    end
{%- endmacro %}
