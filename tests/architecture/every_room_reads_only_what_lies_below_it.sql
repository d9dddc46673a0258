-- One way: raw, base, stg, foundation and core, rooms; quality and lists of customers
-- (lst_) look at all of them.
-- Intermediates of the foundation may read the facts of core, whose customers stand on
-- them; the history reads facts only.
{% set foundation = [
    'seeds', 'staging.stg', 'intermediate.foundation', 'intermediate.history', 'marts.core'
] -%}
{% set allowed = {
    'staging.base': ['raw', 'landing', 'staging.base'],
    'staging.stg': ['staging.base'],
    'intermediate.foundation': foundation,
    'intermediate.history': [
        'seeds', 'intermediate.foundation', 'intermediate.history', 'marts.core'
    ],
    'marts.core': foundation,
} -%}
{# what reads the raw side once more, to compare it or to show what was kept out #}
{% set also_allowed = {
    'int_rows__reconciled': ['landing', 'staging.base'],
    'int_consents__withheld': ['staging.base'],
    'quarantined_rows': ['landing', 'staging.base', 'staging.stg', 'intermediate.foundation'],
    'reconciliation': ['landing', 'intermediate.foundation'],
    'feature_status': ['intermediate.foundation'],
    'int_mart_needs__met': ['landing'],
} -%}
{% set faults = [] -%}
{% if execute -%}
{% for model in crm_warehouse.own_nodes() if model.resource_type == 'model' -%}
{% set room = crm_warehouse.room(model) -%}
{% set own = room.split('.')[1] -%}
{% set readable = allowed.get(
    room, ['seeds', 'marts.core', 'intermediate.' ~ own, 'marts.' ~ own]
) + also_allowed.get(model.name, []) -%}
{% for id in model.depends_on.nodes -%}
{% set parent = graph.nodes.get(id) or graph.sources.get(id) -%}
{% set is_readable = crm_warehouse.room(parent) in readable
    or (room == 'marts.quality' or model.name.startswith('lst_'))
    and parent.access == 'public' -%}
{% if not is_readable -%}
{% do faults.append(model.name ~ ' of ' ~ room ~ ' reads ' ~ parent.name ~ ' of '
    ~ crm_warehouse.room(parent)) -%}
{% endif -%}
{% endfor -%}
{% endfor -%}
{% endif -%}

{{ crm_warehouse.violations(faults) }}
