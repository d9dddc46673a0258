-- Who asks a question may only have the published file.
{% set faults = [] -%}
{% if execute -%}
{% for analysis in crm_warehouse.own_nodes() if analysis.resource_type == 'analysis' -%}
{% for parent in analysis.depends_on.nodes
    if graph.nodes[parent].access != 'public' -%}
{% do faults.append(analysis.name ~ ' reads ' ~ graph.nodes[parent].name) -%}
{% endfor -%}
{% endfor -%}
{% endif -%}

{{ crm_warehouse.violations(faults) }}
