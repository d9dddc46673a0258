{#- A raw table as it was handed over: what the raw door reads of files, or, where the var
    raw_models names one for it, a model of the project that installs this package. -#}
{% macro handed_over(system, table) %}
    {%- set model = crm_warehouse.raw_models().get(table) -%}
    {{ return(ref(project_name, model) if model else source(system, table)) }}
{% endmacro %}


{#- Its rows with all columns of the contract, file_name and file_line, for a FROM clause. -#}
{% macro handed_over_rows(system, table) -%}
    {%- set relation = crm_warehouse.handed_over(system, table) -%}
    {%- if execute and crm_warehouse.raw_models().get(table) -%}
        ({{ crm_warehouse.given_rows(
            crm_warehouse.raw_table(system, table),
            crm_warehouse.landed_classes(relation),
            relation
        ) }})
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}


{#- One row per raw file, or model in the place of one, for a FROM clause: what was read of
    it, parsed apart from the SQL that judges it. -#}
{% macro handed_over_files() -%}
    {%- set landed_files = source('landing', 'landed_files') -%}
    {%- set landed = [] -%}
    {%- set handed = [] -%}
    {%- for system, name in crm_warehouse.raw_table_names()
        if crm_warehouse.raw_models().get(name) -%}
        {%- set relation = crm_warehouse.handed_over(system, name) -%}
        {%- if execute -%}
            {%- set table = crm_warehouse.raw_table(system, name) -%}
            {%- set classes = crm_warehouse.landed_classes(relation) -%}
            {%- do landed.append(crm_warehouse.landed_rows(table, classes, relation)) -%}
            {%- do handed.append(crm_warehouse.handed_table(table, classes)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not handed -%}
        {{ landed_files }}
    {%- else -%}
        (
            select * from {{ landed_files }}

            union all

            select * from (
                {{ crm_warehouse.landed_files(
                    landed, handed, source('landing', 'rejected_rows')
                ) }}
            ) as models
        )
    {%- endif -%}
{%- endmacro %}


{% macro refuse_handed_over_twice(table, files) %}
    {%- if table.model and files -%}
        {{ exceptions.raise_compiler_error(
            table.name ~ ' is handed over twice, by the model ' ~ table.model ~ ' and as '
            ~ files[0].file_name ~ '; take it out of raw_models, or the file out of raw_dir.'
        ) }}
    {%- endif -%}
{% endmacro %}
