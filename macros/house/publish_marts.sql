{#
    The gate between a build and its readers. Only `dbt build` of everything, on target
    prod, with every model, seed and test of the package green, publishes. Whatever else
    happens on prod leaves marts.duckdb byte for byte as it was, and says so in one line.
    macros/python/crm_publishing.py does the copying and renaming.
#}
{% macro publish_marts(results) %}
    {% if not execute or target.name != 'prod' or flags.WHICH in ['compile', 'generate'] %}
        {{ return('') }}
    {% endif %}

    {% set obstacle = crm_warehouse.obstacle_to_publishing(results) %}
    {% if obstacle %}
        {% do log('marts.duckdb was left as it was: ' ~ obstacle, info=True) %}
        {{ return('') }}
    {% endif %}

    {% set plan = {'tables': crm_warehouse.public_tables()} %}
    {% do log('Publishing ' ~ plan['tables'] | length ~ ' tables ...', info=True) %}
    {% do adapter.store_relation('crm_publishing', none, [], '', 'duckdb', plan) %}
    {% if 'error' in plan %}
        {# a statement that fails makes the hook fail, and with it the build #}
        {{ return("select error('" ~ plan['error'] | replace("'", "''") ~ "')") }}
    {% endif %}
    {% do log(plan['outcome'], info=True) %}
{% endmacro %}


{% macro obstacle_to_publishing(results) %}
    {% set told = invocation_args_dict %}
    {% set seen = [] %}
    {% set bad = [] %}
    {% for result in results %}
        {% do seen.append(result.node.unique_id) %}
        {# an exposure is told as well, as a no-op: nothing is built of it #}
        {% if result.node.resource_type != 'exposure'
            and result.status | string not in ['success', 'pass', 'warn'] %}
            {% do bad.append(result.node.name ~ ' (' ~ result.status ~ ')') %}
        {% endif %}
    {% endfor %}

    {# unit tests are not in the graph: only the selection can have left them out #}
    {% set is_part = told.get('select') or told.get('exclude') or told.get('selector')
        or told.get('resource_types') or told.get('exclude_resource_types') %}
    {% set missing = [] %}
    {% for node in graph.nodes.values()
        if node.package_name == 'crm_warehouse'
        and node.resource_type in ['model', 'seed', 'snapshot', 'test']
        and node.config.materialized != 'ephemeral'
        and node.unique_id not in seen %}
        {% do missing.append(node.name) %}
    {% endfor %}

    {% if flags.WHICH != 'build' %}
        {{ return('dbt ' ~ flags.WHICH ~ ' does not publish, dbt build does.') }}
    {% elif flags.EMPTY or told.get('sample') %}
        {{ return('a build on empty or sampled inputs is not published.') }}
    {% elif bad %}
        {% set others = bad | length - 1 %}
        {{ return(bad[0] ~ (' and ' ~ others ~ ' more' if others else '')
            ~ ' did not pass.') }}
    {% elif is_part or missing %}
        {{ return('only a build of everything is published, and this was one of a part.') }}
    {% endif %}
    {{ return('') }}
{% endmacro %}


{#- Those of a project that installs this package are published beside ours. -#}
{% macro public_tables() %}
    {% set tables = [] %}
    {% for node in graph.nodes.values() | sort(attribute='unique_id')
        if node.resource_type == 'model'
        and node.access == 'public'
        and node.config.materialized in ['table', 'incremental'] %}
        {% set key = node.constraints | selectattr('type', 'equalto', 'primary_key')
            | map(attribute='columns') | first | default([]) %}
        {% do tables.append({
            'database': node.database, 'schema': node.schema, 'name': node.alias, 'key': key
        }) %}
    {% endfor %}
    {{ return(tables) }}
{% endmacro %}
