-- In the work file keys are tested, not enforced: a declared key alone is none.
{% set faults = [] -%}
{% if execute -%}
{% set keyed = graph.nodes.values() | selectattr('resource_type', 'eq', 'test')
    | selectattr('test_metadata') | selectattr('test_metadata.name', 'in',
        ['unique', 'unique_combination', 'complete_key'])
    | map(attribute='attached_node') | list -%}
{% for node in graph.nodes.values()
    if node.access == 'public' or node.resource_type == 'seed' -%}
{% if node.unique_id not in keyed -%}
{% do faults.append(node.name ~ ' has no test that its rows are unique') -%}
{% endif -%}
{% endfor -%}
{% endif -%}

{{ crm_warehouse.violations(faults) }}
