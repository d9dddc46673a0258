{#- Contracts make the columns of a model those of its YAML: all of them get their comment,
    and the database is not asked which there are, as it otherwise is for every model. -#}
{% macro duckdb__alter_column_comment(relation, column_dict) %}
    {%- for name, column in column_dict.items() %}
    comment on column {{ relation }}.{{ name }} is
        {{ duckdb_escape_comment(column['description']) }};
    {%- endfor %}
{% endmacro %}
