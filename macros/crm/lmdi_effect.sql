{#- What the growth of one factor brings to an amount that is a product of factors: the
    logarithmic mean of both amounts times the logarithm of the factor's growth (LMDI, Ang
    2005). A factor is a quotient of two numbers, or a number alone; each comes with the
    prefix of its base. A double is rounded at once, far above its last digits. -#}
{% macro lmdi_effect(amount, top, bottom=none, base='base_') -%}
    {%- set now = 'cast(' ~ amount ~ ' as double)' -%}
    {%- set before = 'cast(' ~ base ~ amount ~ ' as double)' -%}
    cast(
        case
            when {{ amount }} = {{ base }}{{ amount }} then {{ now }}
            else ({{ now }} - {{ before }}) / ln({{ now }} / {{ before }})
        end * ln(
            cast({{ top }} as double) / cast({{ base }}{{ top }} as double)
            {%- if bottom %}
            * cast({{ base }}{{ bottom }} as double) / cast({{ bottom }} as double)
            {%- endif %}
        ) as decimal(18, 4)
    )
{%- endmacro %}
