{#- The raw door on Spark. What was handed over are the tables of one schema, which raw_dir
    names: text, as from CSV, or typed. Each is checked against the contract and seen
    through a view of schema raw, beside the same landing tables as on DuckDB. Columns
    file_name and file_line are used where there are such. -#}
{% macro spark__land_raw_tables() %}
    {%- set given_schema = crm_warehouse.checked_schema(
        crm_warehouse.setting('raw_dir', 'CRM_RAW_DIR') or 'raw_tables'
    ) -%}
    {%- set landed_on = crm_warehouse.checked_date(
        'landed_on', crm_warehouse.setting('landed_on', 'CRM_LANDED_ON')
            or modules.datetime.date.today() | string
    ) -%}
    {%- set tables = crm_warehouse.raw_tables() -%}
    {%- set schema = tables[0].relation.schema -%}
    {%- set given = {} -%}
    {%- for row in run_query('show table extended in ' ~ given_schema ~ " like '*'").rows -%}
        {%- do given.update({row[1] | lower: row[3]}) -%}
    {%- endfor -%}
    {%- set landed = [] -%}
    {%- set absent = [] -%}
    {%- do run_query('create schema if not exists ' ~ schema) -%}
    {%- for table in tables -%}
        {%- set classes = crm_warehouse.given_classes(given.get(table.name)) -%}
        {%- do crm_warehouse.check_given_columns(table, classes, given_schema) -%}
        {%- do run_query('create or replace view ' ~ schema ~ '.' ~ table.name ~ ' as '
            ~ crm_warehouse.given_rows(table, classes, given_schema)) -%}
        {%- if classes -%}
            {%- do landed.append(crm_warehouse.landed_rows(table, classes, schema)) -%}
        {%- else -%}
            {%- do absent.append(table.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if absent -%}
        {%- do log('Raw: not there, their marts stay empty: ' ~ absent | join(', ') ~ '.',
            info=true) -%}
    {%- endif -%}
    {%- do crm_warehouse.remake_table(schema ~ '.landings',
        "select cast('" ~ landed_on ~ "' as date) as landed_on") -%}
    {%- do crm_warehouse.remake_table(schema ~ '.rejected_rows',
        crm_warehouse.given_rejected_rows(
            given_schema if 'rejected_rows' in given
        )) -%}
    {%- do crm_warehouse.remake_table(schema ~ '.landed_files',
        crm_warehouse.landed_files(landed, schema ~ '.rejected_rows')) -%}
{% endmacro %}


{% macro checked_schema(name) %}
    {%- if not modules.re.match('^[A-Za-z_][A-Za-z0-9_]*$', name) -%}
        {{ exceptions.raise_compiler_error(
            "raw_dir '" ~ name ~ "' must be, on Spark, the schema that holds the raw tables."
        ) }}
    {%- endif -%}
    {{ return(name) }}
{% endmacro %}


{#- The class of each column of a table, out of what Spark tells of it; none of a table that
    was not handed over. -#}
{% macro given_classes(told) %}
    {%- set classes = {} -%}
    {%- for name, type in modules.re.findall(
        ' [|]-- (.*): (.*) [(]nullable = ', told or ''
    ) -%}
        {%- do classes.update({name | lower: crm_warehouse.landed_class(type)}) -%}
    {%- endfor -%}
    {{ return(classes) }}
{% endmacro %}


{% macro check_given_columns(table, classes, given_schema) %}
    {%- if table.is_mandatory and not classes -%}
        {{ exceptions.raise_compiler_error(
            'Table ' ~ table.name ~ ' is missing in schema ' ~ given_schema
            ~ '; the tables cards and transactions are mandatory.'
        ) }}
    {%- endif -%}
    {%- for column in table.columns if classes and column.is_expected
        and column.name not in classes -%}
        {{ exceptions.raise_compiler_error(
            given_schema ~ '.' ~ table.name ~ ': the required column ' ~ column.name
            ~ ' is missing; the table has ' ~ classes | join(', ') ~ '.'
        ) }}
    {%- endfor -%}
{% endmacro %}


{% macro given_rows(table, classes, given_schema) -%}
    select
        {%- for column in table.columns %}
        {{ column.name if column.name in classes
            else 'cast(null as string) as ' ~ column.name }},
        {%- endfor %}
        {{ 'file_name' if 'file_name' in classes
            else "cast(" ~ ("'" ~ table.name ~ "'" if classes else 'null')
                ~ " as string) as file_name" }},
        {{ 'cast(file_line as bigint)' if 'file_line' in classes
            else 'cast(null as bigint)' }} as file_line
    {{ 'from ' ~ given_schema ~ '.' ~ table.name if classes else 'where false' }}
{%- endmacro %}


{#- Rows and readable money by file, read apart from the SQL that judges them. -#}
{% macro landed_rows(table, classes, schema) -%}
    {%- set names = classes.keys() | sort -%}
    {%- set kept = [] -%}
    {%- for name in names if name in table.columns | map(attribute='name') -%}
        {%- do kept.append(name) -%}
    {%- endfor -%}
    {%- set has_amount = table.amount_column and table.amount_column in classes -%}
    {%- set amount = crm_warehouse.readable_amount(
        table.amount_column, classes[table.amount_column]
    ) if has_amount else 'cast(null as decimal(18, 4))' -%}
    select
        '{{ table.name }}' as table_name,
        coalesce(file_name, '{{ table.name }}') as file_name,
        'table' as file_format,
        '{{ kept | join(',') }}' as column_names,
        count(*) as row_count,
        {{ 'coalesce(sum(' ~ amount ~ '), 0)' if has_amount
            else 'cast(null as decimal(38, 4))' }} as amount,
        {% if has_amount -%}
        count_if(
            {{ "trim(" ~ table.amount_column ~ ") != ''"
                if classes[table.amount_column] == 'text'
                else table.amount_column ~ ' is not null' }}
            and {{ amount }} is null
        )
        {%- else -%} 0 {%- endif %} as unreadable_amount_count
    from {{ schema }}.{{ table.name }}
    group by coalesce(file_name, '{{ table.name }}')
{%- endmacro %}


{% macro readable_amount(column, landed) -%}
    {%- if landed == 'text' -%}
        case
            when {{ crm_warehouse.matches(
                'trim(' ~ column ~ ')',
                '^[+-]?([0-9]{1,14}([.][0-9]{1,4})?|[.][0-9]{1,4})$'
            ) }} then cast(trim({{ column }}) as decimal(18, 4))
        end
    {%- elif landed == 'money' -%}
        cast({{ column }} as decimal(18, 4))
    {%- else -%}
        case
            when try_cast({{ column }} as decimal(18, 4)) = {{ column }}
                then try_cast({{ column }} as decimal(18, 4))
        end
    {%- endif -%}
{%- endmacro %}


{% macro given_rejected_rows(given_schema) -%}
    {% if given_schema -%}
    select table_name, file_name, file_line, reason_code from {{ given_schema }}.rejected_rows
    {%- else -%}
    select
        cast(null as string) as table_name,
        cast(null as string) as file_name,
        cast(null as bigint) as file_line,
        cast(null as string) as reason_code
    where false
    {%- endif %}
{%- endmacro %}


{% macro landed_files(landed, rejected_rows) -%}
    with files as (
        {{ landed | join('\nunion all\n') }}
    ),

    rejected as (
        select table_name, file_name, count(*) as rejected_count
        from {{ rejected_rows }}
        group by table_name, file_name
    )

    select
        files.table_name,
        files.file_name,
        files.file_format,
        files.column_names,
        files.row_count,
        coalesce(rejected.rejected_count, 0) as rejected_count,
        cast(files.amount as decimal(38, 4)) as amount,
        files.unreadable_amount_count
        + case when files.amount is null then 0
            else coalesce(rejected.rejected_count, 0) end as unreadable_amount_count
    from files
    left join rejected
        on files.table_name = rejected.table_name
        and files.file_name = rejected.file_name
{%- endmacro %}


{% macro remake_table(name, sql) %}
    {%- do run_query('drop table if exists ' ~ name) -%}
    {%- do run_query('create table ' ~ name ~ ' using parquet as ' ~ sql) -%}
{% endmacro %}
