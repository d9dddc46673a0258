-- In the work file keys are tested, not enforced: a declared key alone is none. Two
-- steps hold events, of which the same may come twice.
{% set faults = [] -%}
{% if execute -%}
{% set keyed = crm_warehouse.own_nodes() | selectattr('resource_type', 'eq', 'test')
    | selectattr('test_metadata') | selectattr('test_metadata.name', 'in',
        ['unique', 'unique_combination', 'complete_key'])
    | map(attribute='attached_node') | list -%}
{% for node in crm_warehouse.own_nodes()
    if node.resource_type in ('model', 'seed') and node.name not in (
        'int_funnel_moves__gathered', 'int_funnel_entries__broken_down'
    ) -%}
{% if node.unique_id not in keyed -%}
{% do faults.append(node.name ~ ' has no test that its rows are unique') -%}
{% endif -%}
{% endfor -%}
{% endif -%}

{{ crm_warehouse.violations(faults) }}
