{#- Pearson's chi-squared of two by two tickets, without a correction for continuity, in
    whole numbers: as a fraction of 10^10 first, and then of a millionth, so that neither
    step leaves 38 digits for a billion tickets. -#}
{% macro chi_squared(both, first, second, whole) -%}
    {%- set wide = crm_warehouse.whole_number_type() -%}
    {%- set determinant = '(cast(' ~ both ~ ' as ' ~ wide ~ ') * ' ~ whole
        ~ ' - cast(' ~ first ~ ' as ' ~ wide ~ ') * ' ~ second ~ ')' -%}
    {%- set held = 'cast(' ~ first ~ ' as ' ~ wide ~ ') * ' ~ second -%}
    {%- set lacked = 'cast(' ~ whole ~ ' - ' ~ first ~ ' as ' ~ wide ~ ') * ('
        ~ whole ~ ' - ' ~ second ~ ')' -%}
    {%- set scaled = crm_warehouse.whole_part(
        determinant ~ ' * ' ~ whole ~ ' * 10000000000', 'nullif(' ~ lacked ~ ', 0)'
    ) -%}
    cast(
        cast({{ crm_warehouse.whole_part(
            'cast(' ~ scaled ~ ' as ' ~ wide ~ ') * ' ~ determinant ~ ' + ' ~ held ~ ' * 5000',
            'nullif(' ~ held ~ ', 0) * 10000'
        ) }} as decimal(24, 0)) * 0.000001 as decimal(18, 6)
    )
{%- endmacro %}
