{#- All comments of a model in one statement. Contracts make its columns those of its YAML,
    so the database is not asked which there are; those of a project that installs this
    package may have none. -#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}
    {%- if model.package_name != 'crm_warehouse' -%}
        {{ return(default__persist_docs(relation, model, for_relation, for_columns)) }}
    {%- endif -%}
    {%- set comments -%}
        {%- if for_relation and config.persist_relation_docs() and model.description %}
            {{ alter_relation_comment(relation, model.description) }}
        {%- endif %}
        {%- if for_columns and config.persist_column_docs() %}
            {%- for name, column in model.columns.items() %}
            comment on column {{ relation }}.{{ name }} is
                {{ duckdb_escape_comment(column['description']) }};
            {%- endfor %}
        {%- endif %}
    {%- endset -%}
    {%- if comments | trim -%}
        {% do run_query(comments) %}
    {%- endif -%}
{% endmacro %}
