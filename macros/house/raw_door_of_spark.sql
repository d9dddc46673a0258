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
    {%- if not crm_warehouse.is_without_files() -%}
        {%- do crm_warehouse.check_given_schema(given_schema) -%}
        {%- for row in run_query(
            'show table extended in ' ~ given_schema ~ " like '*'"
        ).rows -%}
            {%- do given.update({row[1] | lower: row[3]}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do crm_warehouse.tell_strangers(given, tables, given_schema) -%}
    {%- set landed = [] -%}
    {%- set handed = [] -%}
    {%- set absent = [] -%}
    {%- do run_query('create schema if not exists ' ~ schema) -%}
    {%- for table in tables if not table.model -%}
        {%- set classes = crm_warehouse.given_classes(given.get(table.name)) -%}
        {%- if table.is_mandatory and not classes -%}
            {{ exceptions.raise_compiler_error(
                table.name ~ ' is missing in schema ' ~ given_schema
                ~ '; the tables cards and transactions are mandatory.'
            ) }}
        {%- endif -%}
        {%- set given_table = given_schema ~ '.' ~ table.name -%}
        {%- set view = schema ~ '.' ~ table.name -%}
        {%- do crm_warehouse.check_given_columns(table, classes, given_table) -%}
        {%- do run_query('create or replace view ' ~ view ~ ' as '
            ~ crm_warehouse.given_rows(table, classes, given_table)) -%}
        {%- if classes -%}
            {%- do landed.append(crm_warehouse.landed_rows(table, classes, view)) -%}
            {%- do handed.append(crm_warehouse.handed_table(table, classes)) -%}
        {%- else -%}
            {%- do absent.append(table.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do crm_warehouse.remake_table(schema ~ '.landings',
        "select cast('" ~ landed_on ~ "' as date) as landed_on") -%}
    {%- do crm_warehouse.remake_table(schema ~ '.rejected_rows',
        crm_warehouse.given_rejected_rows(
            given_schema if 'rejected_rows' in given
        )) -%}
    {%- do crm_warehouse.remake_table(schema ~ '.landed_files',
        crm_warehouse.landed_files(landed, handed, schema ~ '.rejected_rows')) -%}
    {%- do crm_warehouse.tell_landed_tables(tables, schema, given_schema) -%}
    {%- if absent -%}
        {%- do log('Raw: not there, their marts stay empty: ' ~ absent | join(', ') ~ '.',
            info=true) -%}
    {%- endif -%}
{% endmacro %}


{% macro checked_schema(name) %}
    {%- if not modules.re.match('^[A-Za-z_][A-Za-z0-9_]*$', name) -%}
        {{ exceptions.raise_compiler_error(
            "raw_dir '" ~ name ~ "' must be, on Spark, the schema that holds the raw tables."
        ) }}
    {%- endif -%}
    {{ return(name) }}
{% endmacro %}


{% macro check_given_schema(given_schema) %}
    {%- if not run_query("show schemas like '" ~ given_schema ~ "'").rows -%}
        {{ exceptions.raise_compiler_error(
            "raw_dir '" ~ given_schema ~ "' is not a schema; point raw_dir or CRM_RAW_DIR at "
            ~ 'the schema that holds cards and transactions.'
        ) }}
    {%- endif -%}
{% endmacro %}


{#- Say which tables of the schema are none of the contract. -#}
{% macro tell_strangers(given, tables, given_schema) %}
    {%- for name in given | sort if name != 'rejected_rows'
        and name not in tables | map(attribute='name') -%}
        {%- do log('Raw: ' ~ given_schema ~ '.' ~ name
            ~ ' is no table of the contract, left out.', info=true) -%}
    {%- endfor -%}
{% endmacro %}


{#- Say how many rows of each table were handed over; stop where a mandatory one has none. -#}
{% macro tell_landed_tables(tables, schema, given_schema) %}
    {%- set told = {} -%}
    {%- for row in run_query(
        'select table_name, sum(row_count + rejected_count), sum(rejected_count), count(*) from '
        ~ schema ~ '.landed_files group by table_name order by table_name'
    ).rows -%}
        {%- do told.update({row[0]: row[1] | int}) -%}
        {%- do log(
            'Raw: ' ~ row[0] ~ ', ' ~ '{:,}'.format(row[1] | int) ~ ' rows'
            ~ (' in ' ~ row[3] ~ ' files' if row[3] | int > 1 else '')
            ~ (', ' ~ row[2] ~ ' of them no rows of its columns' if row[2] | int else '') ~ '.',
            info=true
        ) -%}
    {%- endfor -%}
    {%- for table in tables
        if table.is_mandatory and not table.model and not told.get(table.name) -%}
        {{ exceptions.raise_compiler_error(
            given_schema ~ '.' ~ table.name
            ~ ' holds no rows; the tables cards and transactions are mandatory.'
        ) }}
    {%- endfor -%}
{% endmacro %}


{#- The class of each column of a table, out of what Spark tells of it; none of a table that
    was not handed over. -#}
{% macro given_classes(told) %}
    {%- set classes = {} -%}
    {%- for name, type in modules.re.findall(
        '(?m)^ [|]-- (.*): (.*) [(]nullable = ', told or ''
    ) -%}
        {%- do classes.update({name | lower: crm_warehouse.landed_class(type)}) -%}
    {%- endfor -%}
    {{ return(classes) }}
{% endmacro %}


{% macro check_given_columns(table, classes, given) %}
    {%- set names = table.columns | map(attribute='name') | list -%}
    {%- set extra = classes.keys() | reject('in', names + ['file_name', 'file_line']) | list -%}
    {%- for column in extra -%}
        {%- for name in names if name not in classes and name | replace('_', '')
            == modules.re.sub('[^a-z0-9]', '', column) -%}
            {{ exceptions.raise_compiler_error(
                given ~ ": column '" ~ column ~ "' is not in the "
                ~ 'contract and ' ~ name ~ ' is missing; rename it to ' ~ name
                ~ ', or drop it.'
            ) }}
        {%- endfor -%}
    {%- endfor -%}
    {%- if extra -%}
        {%- do log('Raw: ' ~ given ~ ': outside the contract, left out: '
            ~ extra | join(', ') ~ '.', info=true) -%}
    {%- endif -%}
    {%- for column in table.columns if classes and column.is_expected
        and column.name not in classes -%}
        {{ exceptions.raise_compiler_error(
            given ~ ': the required column ' ~ column.name
            ~ ' is missing; the table has ' ~ classes | join(', ') ~ '.'
        ) }}
    {%- endfor -%}
{% endmacro %}


{#- All columns of the contract, and which row of what. Rows without a line are numbered in
    the order of their columns: rows that are equal there may change places. -#}
{% macro given_rows(table, classes, given) -%}
    {%- set order = table.columns | map(attribute='name') | select('in', classes) | list -%}
    select
        {%- for column in table.columns %}
        {{ column.name if column.name in classes
            else 'cast(null as string) as ' ~ column.name }},
        {%- endfor %}
        {{ 'file_name' if 'file_name' in classes
            else "cast(" ~ ("'" ~ crm_warehouse.given_name(table) ~ "'" if classes else 'null')
                ~ " as string) as file_name" }},
        cast({{ 'file_line' if 'file_line' in classes
            else 'row_number() over (' ~ ('partition by file_name ' if 'file_name' in classes)
                ~ 'order by ' ~ order | join(' asc nulls last, ') ~ ' asc nulls last)'
                if classes
            else 'null' }} as bigint) as file_line
    {{ 'from ' ~ given if classes else 'where false' }}
{%- endmacro %}


{#- What stands for a file's name where a table or model has none. -#}
{% macro given_name(table) %}
    {{ return(table.model or table.name) }}
{% endmacro %}


{#- A table that was handed over, with its columns, as a row of values. -#}
{% macro handed_table(table, classes) %}
    {%- set kept = [] -%}
    {%- for name in classes.keys() | sort if name in table.columns | map(attribute='name') -%}
        {%- do kept.append(name) -%}
    {%- endfor -%}
    {{ return("('" ~ table.name ~ "', '" ~ crm_warehouse.given_name(table) ~ "', '"
        ~ kept | join(',') ~ "', " ~ ('cast(0 as decimal(38, 4))' if table.amount_column in classes
            else 'cast(null as decimal(38, 4))') ~ ')') }}
{% endmacro %}


{#- Rows and readable money by file, read apart from the SQL that judges them. -#}
{% macro landed_rows(table, classes, given) -%}
    {%- set name = "'" ~ crm_warehouse.given_name(table) ~ "'" -%}
    {%- set file_name = 'coalesce(file_name, ' ~ name ~ ')' if 'file_name' in classes
        else name -%}
    {%- set has_amount = table.amount_column and table.amount_column in classes -%}
    {%- set amount = crm_warehouse.readable_amount(
        table.amount_column, classes[table.amount_column]
    ) if has_amount else 'cast(null as decimal(18, 4))' -%}
    select
        '{{ table.name }}' as table_name,
        {{ file_name }} as file_name,
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
    from {{ given }}
    group by {{ file_name }}
{%- endmacro %}


{% macro readable_amount(column, landed) -%}
    {%- if landed == 'text' -%}
        case
            when {{ crm_warehouse.matches(
                'trim(' ~ column ~ ')',
                '^[+-]?([0-9]{1,12}([.][0-9]{1,4}0*)?|[.][0-9]{1,4}0*)$'
            ) }} then cast(trim({{ column }}) as decimal(18, 4))
        end
    {%- elif landed == 'money' -%}
        case
            when abs({{ column }}) < 1000000000000
                then cast({{ column }} as decimal(18, 4))
        end
    {%- else -%}
        case
            when try_cast({{ column }} as decimal(18, 4)) = {{ column }}
                and abs(try_cast({{ column }} as decimal(18, 4))) < 1000000000000
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


{#- One row per file; a file of rejected lines alone is one, too, and so is a table that
    holds no row. -#}
{% macro landed_files(landed, handed, rejected_rows) -%}
    with files as (
        {{ landed | join('\nunion all\n') or crm_warehouse.no_landed_rows() }}
    ),

    rejected as (
        select table_name, file_name, count(*) as rejected_count
        from {{ rejected_rows }}
        group by table_name, file_name
    ),

    told as (
        select
            coalesce(files.table_name, rejected.table_name) as table_name,
            coalesce(files.file_name, rejected.file_name) as file_name,
            files.row_count,
            files.amount,
            files.unreadable_amount_count,
            rejected.rejected_count
        from files
        full join rejected
            on files.table_name = rejected.table_name
            and files.file_name = rejected.file_name
    ),

    handed (table_name, given_name, column_names, no_amount) as (
        values {{ handed | join(', ') or "('', '', '', cast(null as decimal(38, 4)))" }}
    )

    select
        handed.table_name,
        coalesce(told.file_name, handed.given_name) as file_name,
        'table' as file_format,
        handed.column_names,
        coalesce(told.row_count, 0) as row_count,
        coalesce(told.rejected_count, 0) as rejected_count,
        cast(coalesce(told.amount, handed.no_amount) as decimal(38, 4)) as amount,
        coalesce(told.unreadable_amount_count, 0)
        + case when handed.no_amount is null then 0
            else coalesce(told.rejected_count, 0) end as unreadable_amount_count
    from handed
    left join told
        on handed.table_name = told.table_name
    where handed.table_name != ''
{%- endmacro %}


{% macro no_landed_rows() -%}
    select
        cast(null as string) as table_name,
        cast(null as string) as file_name,
        cast(null as bigint) as row_count,
        cast(null as decimal(38, 4)) as amount,
        cast(null as bigint) as unreadable_amount_count
    where false
{%- endmacro %}


{% macro remake_table(name, sql) %}
    {%- do run_query('drop table if exists ' ~ name) -%}
    {%- do run_query('create table ' ~ name ~ ' using parquet as ' ~ sql) -%}
{% endmacro %}
