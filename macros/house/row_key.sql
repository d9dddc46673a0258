{#- The key of a raw row as one text, its parts separated by a slash. -#}
{% macro row_key(system, table) -%}
    {%- set keys = [] -%}
    {%- for column in crm_warehouse.raw_table(system, table).columns if column.is_key -%}
        {%- do keys.append('cast(' ~ column.name ~ ' as string)') -%}
    {%- endfor -%}
    nullif(concat_ws('/', {{ keys | join(', ') }}), '')
{%- endmacro %}
