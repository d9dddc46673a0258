{#- Sentences as rows, none for none: what a test on the graph returns. -#}
{% macro violations(sentences) -%}
    select cast(violation as string) as violation

    from (values (null)
        {%- for sentence in sentences %},
        ('{{ sentence | replace("'", "''") }}')
        {%- endfor %}
    ) as found (violation)

    where violation is not null
{%- endmacro %}


{#- Models, seeds, tests and analyses of this project, and none of one that installs it. -#}
{% macro own_nodes() %}
    {{ return(graph.nodes.values() | selectattr('package_name', 'eq', 'crm_warehouse') | list) }}
{% endmacro %}


{% macro own_sources() %}
    {{ return(graph.sources.values() | selectattr('package_name', 'eq', 'crm_warehouse') | list) }}
{% endmacro %}


{#- The room of a model or seed: its folders below models, joined by a dot; `seeds`. -#}
{% macro room(node) %}
    {%- if node.resource_type == 'seed' -%}
        {{ return('seeds') }}
    {%- elif node.resource_type == 'source' -%}
        {{ return('landing' if node.source_name == 'landing' else 'raw') }}
    {%- elif node.fqn[1] == 'staging' -%}
        {{ return('staging.' ~ node.name.split('_')[0]) }}
    {%- endif -%}
    {{ return(node.fqn[1:3] | join('.')) }}
{% endmacro %}
