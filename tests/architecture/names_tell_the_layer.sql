{% set patterns = {
    'staging.base': '^base_(crm|pos|plan)__[a-z_]+$',
    'staging.stg': '^stg_(crm|pos|plan)__[a-z_]+$',
    'intermediate': '^int_([a-z]+_)*[a-z]+__[a-z_]+$|^int_as_of$',
    'marts.quality': '^[a-z_]+$',
    'marts': '^(dim|fct|seg|agg|lst|prd)_[a-z_]+$',
    'seeds': '^rule_[a-z_]+$',
} -%}
{% set faults = [] -%}
{% if execute -%}
{% for node in crm_warehouse.own_nodes() if node.resource_type in ('model', 'seed') -%}
{% set room = crm_warehouse.room(node) -%}
{% set pattern = patterns.get(room) or patterns.get(room.split('.')[0]) -%}
{% if not pattern or not modules.re.match(pattern, node.name) -%}
{% do faults.append(node.name ~ ' is no name for ' ~ room) -%}
{% endif -%}
{% endfor -%}
{% endif -%}

{{ crm_warehouse.violations(faults) }}
