{#
    Columns of a work table with their types and NOT NULLs, but without the primary key:
    its index costs as much as the table itself, and nothing reads it there. Keys are tested
    in the work file and declared in the published one (publish_marts). Models of a project
    that installs this package get what they declare.
#}
{% macro duckdb__get_table_columns_and_constraints() %}
    {% if model.package_name != 'crm_warehouse' %}
        {{ return(default__get_table_columns_and_constraints()) }}
    {% endif %}
    {% set constraints = model.constraints | rejectattr('type', 'equalto', 'primary_key') %}
    {% set definitions = adapter.render_raw_columns_constraints(raw_columns=model.columns)
        + adapter.render_raw_model_constraints(raw_constraints=constraints | list) %}
    (
        {{ definitions | join(',\n        ') }}
    )
{% endmacro %}
