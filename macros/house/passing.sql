{#- How a relation is made that names people who must be forgotten: a view, so that the
    work file holds nothing of them. Spark would work a view out anew in each of its
    thirty readers, and holds the raw list of them as a table anyhow: a table there. -#}
{% macro passing() %}
    {{ return('table' if target.type == 'spark' else 'view') }}
{% endmacro %}
