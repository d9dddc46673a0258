{#- The key of a raw row as one text, its parts separated by a slash. Of a table with personal
    columns only what looks like a key, without blanks and with a digit: in a row that slipped
    to the left a name stands where the key should. -#}
{% macro row_key(system, table) -%}
    {%- set columns = crm_warehouse.raw_table(system, table).columns -%}
    {%- set keys = [] -%}
    {%- for column in columns if column.is_key -%}
        {%- set key = 'cast(' ~ column.name ~ ' as string)' -%}
        {%- do keys.append('case when ' ~ crm_warehouse.matches(
            key, '^[^ @]*[0-9][^ @]*$'
        ) ~ ' then ' ~ key ~ ' end' if columns | selectattr('is_personal') | list else key) -%}
    {%- endfor -%}
    nullif(concat_ws('/', {{ keys | join(', ') }}), '')
{%- endmacro %}
