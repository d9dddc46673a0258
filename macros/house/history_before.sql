{#
    The history that an earlier build left, as a relation: on target prod the published
    one, since the work file is new; elsewhere the table that will be replaced. None where
    there is none, where its columns are other ones, or where everything shall be computed
    anew (--full-refresh).
#}
{% macro history_before() %}
    {% set node = crm_warehouse.history_node() %}
    {% if not execute or not node or flags.FULL_REFRESH %}
        {{ return(none) }}
    {% endif %}
    {% set relation = api.Relation.create(
        database='before' if target.name == 'prod' else node.database,
        schema=node.schema,
        identifier=node.alias
    ) %}
    {% set found = crm_warehouse.column_names(relation) %}
    {{ return(relation if found == node.columns.keys() | list else none) }}
{% endmacro %}


{% macro history_node() %}
    {{ return(graph.get('nodes', {}).get('model.crm_warehouse.fct_customer_months')) }}
{% endmacro %}


{% macro column_names(relation) %}
    {{ return(adapter.dispatch('column_names', 'crm_warehouse')(relation)) }}
{% endmacro %}

{% macro default__column_names(relation) %}
    {% set found = run_query(
        "select column_name from duckdb_columns() where database_name = '"
        ~ relation.database ~ "' and schema_name = '" ~ relation.schema
        ~ "' and table_name = '" ~ relation.identifier ~ "' order by column_index"
    ) %}
    {{ return(found.columns[0].values() | list) }}
{% endmacro %}

{#- A partition column comes last there. -#}
{% macro spark__column_names(relation) %}
    {% if adapter.get_relation(
        relation.database, relation.schema, relation.identifier
    ) is none %}
        {{ return([]) }}
    {% endif %}
    {% set there = adapter.get_columns_in_relation(relation) | map(attribute='name') | list %}
    {% set columns = crm_warehouse.history_node().columns.keys() | list %}
    {{ return(columns if there | sort == columns | sort else there) }}
{% endmacro %}


{#- What the rules of the history are: their SQL, and an edition to be raised whenever one
    of the macros that they call changes, since dbt shows no macro's text. -#}
{% macro history_code() %}
    {% set edition = '1' %}
    {% set sums = [edition] %}
    {% for node in graph.get('nodes', {}).values() | sort(attribute='unique_id')
        if node.resource_type == 'model' and node.package_name == 'crm_warehouse'
        and (
            'intermediate/history/' in node.original_file_path
            or node.name == 'fct_customer_months'
        ) %}
        {% do sums.append(node.checksum.checksum) %}
    {% endfor %}
    {{ return(local_md5(sums | join(' '))) }}
{% endmacro %}


{#- On Spark, where a month is a partition: those that are computed anew, or told no more,
    go before the new ones come. -#}
{% macro drop_months_not_kept() %}
    {% if not execute or target.type != 'spark' or not crm_warehouse.history_before() %}
        {{ return('') }}
    {% endif %}
    {% set history = crm_warehouse.history_before() %}
    {% set months = run_query(
        'select distinct history.month_end_on from ' ~ history ~ ' as history left anti join '
        ~ ref('int_told_days__keyed') ~ ' as kept on history.month_end_on = kept.told_on '
        ~ 'and kept.is_kept'
    ).columns[0].values() %}
    {% for month in months %}
        {% do run_query(
            'alter table ' ~ history ~ " drop if exists partition (month_end_on = date '"
            ~ month ~ "')"
        ) %}
    {% endfor %}
{% endmacro %}
