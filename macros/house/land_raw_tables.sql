{#- The raw door, opened once before every build: on DuckDB it checks the files of each
    table and makes the views of schema raw, with landed_files, rejected_rows and
    landings beside them. Other engines read raw tables that are there already. -#}

{% macro land_raw_tables() %}
    {%- if execute and flags.WHICH in ('build', 'run', 'test', 'seed') -%}
        {%- do crm_warehouse.as_of_date() -%}
        {%- do crm_warehouse.base_currency() -%}
        {%- do crm_warehouse.frequency_unit() -%}
        {{ return(adapter.dispatch('land_raw_tables', 'crm_warehouse')()) }}
    {%- endif -%}
{% endmacro %}


{% macro duckdb__land_raw_tables() %}
    {%- set tables = crm_warehouse.raw_tables() -%}
    {%- set raw_dir = crm_warehouse.raw_dir() -%}
    {%- set landing_dir = env_var('CRM_WAREHOUSE_DIR', 'warehouse') ~ '/landing' -%}
    {%- set names = tables | map(attribute='name') | list -%}
    {%- set door = crm_warehouse.ask_landing('crm_open_raw_door', [
        raw_dir, tojson(names), landing_dir
    ]) -%}
    {%- do crm_warehouse.refuse_landing([door.error] if door.error else []) -%}
    {%- set landed_on = crm_warehouse.checked_date(
        'landed_on', crm_warehouse.setting('landed_on', 'CRM_LANDED_ON') or door.today
    ) -%}
    {%- set schema = tables[0].relation.schema -%}
    {%- do run_query('create schema if not exists ' ~ schema) -%}
    {%- set files = [] -%}
    {%- set rejected = [] -%}
    {%- set absent = [] -%}
    {%- set refusals = [] -%}
    {%- for notice in door.notices -%}
        {%- do log('Raw: ' ~ notice ~ '.', info=true) -%}
    {%- endfor -%}
    {%- for table in tables -%}
        {%- set landed = crm_warehouse.ask_landing('crm_land_table', [
            raw_dir, tojson(crm_warehouse.landing_request(table, names)), landing_dir
        ]) -%}
        {%- if landed.error -%}
            {%- do refusals.append(landed.error) -%}
        {%- else -%}
            {%- do crm_warehouse.refuse_handed_over_twice(table, landed.files) -%}
            {%- do run_query(
                'create or replace view ' ~ table.relation.include(database=false)
                ~ ' as ' ~ landed.select
            ) -%}
            {%- do crm_warehouse.tell_landed(table.name, landed, absent) -%}
            {%- for file in landed.files -%}
                {%- do files.append([table.name, file]) -%}
            {%- endfor -%}
            {%- if landed.rejected -%}
                {%- do rejected.append(landed.rejected) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do crm_warehouse.refuse_landing(refusals) -%}
    {%- if absent -%}
        {%- do log('Raw: not there, their marts stay empty: ' ~ absent | join(', ') ~ '.',
            info=true) -%}
    {%- endif -%}
    {%- do crm_warehouse.write_landing(schema, landed_on, files, rejected) -%}
{% endmacro %}


{% macro ask_landing(function, arguments) %}
    {%- set literals = [] -%}
    {%- for argument in arguments -%}
        {%- do literals.append("'" ~ argument | replace("'", "''") ~ "'") -%}
    {%- endfor -%}
    {%- set found = run_query('select ' ~ function ~ '(' ~ literals | join(', ') ~ ')') -%}
    {{ return(fromjson(found.rows[0][0])) }}
{% endmacro %}


{% macro refuse_landing(refusals) %}
    {%- if refusals -%}
        {{ exceptions.raise_compiler_error(refusals | join(' ')) }}
    {%- endif -%}
{% endmacro %}


{% macro landing_request(table, names) %}
    {%- set columns = [] -%}
    {%- for column in table.columns -%}
        {%- do columns.append({
            'name': column.name,
            'is_required': column.is_expected,
            'is_personal': column.is_personal,
        }) -%}
    {%- endfor -%}
    {{ return({
        'name': table.name,
        'table_names': names,
        'is_mandatory': table.is_mandatory and not table.model,
        'is_left_out': crm_warehouse.is_without_files(),
        'amount_column': table.amount_column,
        'columns': columns,
    }) }}
{% endmacro %}


{% macro tell_landed(name, landed, absent) %}
    {%- if crm_warehouse.raw_models().get(name) -%}
        {%- do log('Raw: ' ~ name ~ ', by the model ' ~ crm_warehouse.raw_models()[name] ~ '.',
            info=true) -%}
    {%- elif not landed.files -%}
        {%- do absent.append(name) -%}
    {%- else -%}
        {%- set rows = landed.files | sum(attribute='row_count') -%}
        {%- set lines = landed.files | sum(attribute='rejected_count') -%}
        {%- do log(
            'Raw: ' ~ name ~ ', ' ~ '{:,}'.format(rows + lines) ~ ' rows'
            ~ (' in ' ~ landed.files | length ~ ' files' if landed.files | length > 1 else '')
            ~ (', ' ~ lines ~ ' of them no rows of its columns' if lines else '') ~ '.',
            info=true
        ) -%}
    {%- endif -%}
    {%- for notice in landed.notices -%}
        {%- do log('Raw: ' ~ notice ~ '.', info=true) -%}
    {%- endfor -%}
{% endmacro %}


{% macro write_landing(schema, landed_on, files, rejected) %}
    {%- set file_rows = [] -%}
    {%- for table_name, file in files -%}
        {%- set values = [] -%}
        {%- for value in (
            table_name, file.file_name, file.format, file.columns | join(','),
            file.row_count, file.rejected_count, file.amount, file.unreadable_amount_count
        ) -%}
            {%- do values.append(
                'null' if value is none else "'" ~ value | string | replace("'", "''") ~ "'"
            ) -%}
        {%- endfor -%}
        {%- do file_rows.append('(' ~ values | join(', ') ~ ')') -%}
    {%- endfor -%}
    {%- set no_row = "select '' as table_name, '' as file_name, cast(0 as bigint) as "
        ~ "file_line, '' as reason_code where false" -%}
    {%- do run_query('create or replace table ' ~ schema
        ~ ".landings as select cast('" ~ landed_on ~ "' as date) as landed_on") -%}
    {%- do run_query('create or replace table ' ~ schema ~ '.landed_files ('
        ~ 'table_name varchar, file_name varchar, file_format varchar, '
        ~ 'column_names varchar, row_count bigint, rejected_count bigint, '
        ~ 'amount decimal(38, 4), unreadable_amount_count bigint)') -%}
    {%- if file_rows -%}
        {%- do run_query('insert into ' ~ schema ~ '.landed_files values '
            ~ file_rows | join(', ')) -%}
    {%- endif -%}
    {%- do run_query('create or replace table ' ~ schema ~ '.rejected_rows as '
        ~ ([no_row] + rejected) | join(' union all ')) -%}
{% endmacro %}
