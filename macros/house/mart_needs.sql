{#- What each public mart needs of the raw tables, as its YAML tells: under meta.needs
    what it is empty without, under meta.uses what some of its columns or rows are unknown
    without. Each is a table, or table.column, or several of them of which one will do
    (leads|opportunities). One row per mart, need and alternative. -#}
{% macro mart_needs() -%}
    {%- set rows = [] -%}
    {%- for node in graph.get('nodes', {}).values() | sort(attribute='name')
        if node.resource_type == 'model' and node.package_name == 'crm_warehouse'
        and node.access == 'public' -%}
        {%- set needs = node.config.meta.get('needs') or [none] -%}
        {%- for need in needs + (node.config.meta.get('uses') or []) -%}
            {%- set order = loop.index0 -%}
            {%- for alternative in (need or '').split('|') -%}
                {%- set parts = alternative.split('.') -%}
                {%- do rows.append(
                    "('" ~ node.name ~ "', '" ~ node.schema ~ "', " ~ order ~ ", "
                    ~ ("'" ~ alternative ~ "', '" ~ parts[0] ~ "'" if need else 'null, null')
                    ~ ", " ~ ("'" ~ parts[1] ~ "'" if parts | length > 1 else 'null')
                    ~ ', ' ~ (order < needs | length) ~ ')'
                ) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    select
        mart_name,
        schema_name,
        need_order,
        cast(need_name as string) as need_name,
        cast(table_name as string) as table_name,
        cast(column_name as string) as column_name,
        is_required

    from (values {{ rows | join(', ') or "('none', 'none', 0, null, null, null, true)" }}) as needs (
        mart_name,
        schema_name,
        need_order,
        need_name,
        table_name,
        column_name,
        is_required
    )
{%- endmacro %}
