{#- Where tickets and lines are built: on target prod in facts.duckdb, which publishing
    copies as a file, since copying ten million lines row by row takes as long as making
    them; elsewhere among all other tables. -#}
{% macro facts_database() %}
    {{ return('facts' if target.name == 'prod' else none) }}
{% endmacro %}
