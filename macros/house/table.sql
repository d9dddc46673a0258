{#- A table as this project needs it: dbt-duckdb's own also cares for foreign keys, indexes,
    grants, backups and Python, and asks the database ten questions for it that are all
    answered no. All of it in one transaction: a build that is killed leaves the table as
    it was. A model that stands already is read until the new one has its name. -#}
{% materialization table, adapter='duckdb' %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set built = make_intermediate_relation(target) if existing else target -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement('main') -%}
        {{ create_table_as(False, built, compiled_code) }}
    {%- endcall %}
    {% if existing -%}
        {#- by the adapter, whose cache of relations would still hold it otherwise -#}
        {% do adapter.drop_relation(existing) %}
        {% do adapter.rename_relation(built, target) %}
    {%- endif %}
    {% do persist_docs(target, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}
