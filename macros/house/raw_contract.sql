{#- The raw contract as the source YAML tells it: one place for names, types and rules. -#}

{% macro raw_table(system, table) %}
    {%- set found = graph.sources.values() | selectattr('package_name', 'eq', 'crm_warehouse')
        | selectattr('source_name', 'eq', system) | selectattr('name', 'eq', table) | first -%}
    {{ return(crm_warehouse.raw_table_of(found)) }}
{% endmacro %}


{% macro raw_tables() %}
    {%- set tables = [] -%}
    {%- for found in graph.sources.values() | sort(attribute='name')
        if found.package_name == 'crm_warehouse' and found.source_name != 'landing' -%}
        {%- do tables.append(crm_warehouse.raw_table_of(found)) -%}
    {%- endfor -%}
    {{ return(tables) }}
{% endmacro %}


{% macro raw_table_of(found) %}
    {%- set columns = [] -%}
    {%- for column in found.columns.values() -%}
        {%- set meta = column.config.meta -%}
        {%- do columns.append({
            'name': column.name,
            'type': column.data_type,
            'is_key': meta.get('is_key') or false,
            'is_personal': meta.get('is_personal') or false,
            'person': meta.get('person'),
            'is_zoned': meta.get('is_zoned') or false,
            'is_timezone': meta.get('is_timezone') or false,
            'is_required': meta.get('is_required') or (meta.get('is_key') and not meta.get('may_be_null')) or false,
            'is_expected': meta.get('is_column_required') or meta.get('is_required')
                or (meta.get('is_key') and not meta.get('may_be_null')) or false,
            'may_be_future': meta.get('may_be_future') or false,
            'values': meta.get('values') or [],
            'min': meta.get('min'),
            'max': meta.get('max'),
            'greater_than': meta.get('greater_than'),
        }) -%}
    {%- endfor -%}
    {%- set meta = found.config.meta -%}
    {{ return({
        'system': found.source_name,
        'name': found.name,
        'model': crm_warehouse.raw_models().get(found.name),
        'relation': api.Relation.create(
            database=found.database, schema=found.schema, identifier=found.identifier
        ),
        'is_mandatory': meta.get('is_mandatory') or false,
        'amount_column': meta.get('amount_column'),
        'rules': meta.get('rules') or [],
        'columns': columns,
    }) }}
{% endmacro %}
