{#- Where tickets and lines are built: on target prod in facts.duckdb, which publishing
    copies as a file, since copying ten million lines row by row takes as long as making
    them; elsewhere among all other tables. -#}
{% macro facts_database() %}
    {%- if target.name != 'prod' -%}
        {{ return(none) }}
    {%- endif -%}
    {%- for plugin in target.get('plugins') or [] -%}
        {%- if (plugin.get('config') or {}).get('is_publishing') -%}
            {{ return('facts') }}
        {%- endif -%}
    {%- endfor -%}
    {{ exceptions.raise_compiler_error(
        'Target prod publishes: give the plugin crm_publishing of its profile the config '
        ~ 'is_publishing: true, or name the target otherwise.'
    ) }}
{% endmacro %}
