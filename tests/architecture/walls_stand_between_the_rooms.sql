-- Staging and intermediates are private, marts public; each room is of its own group.
{% set faults = [] -%}
{% if execute -%}
{% for model in crm_warehouse.own_nodes() if model.resource_type == 'model' -%}
{% set floor, own = crm_warehouse.room(model).split('.') -%}
{% set group = 'foundation' if floor == 'staging' or own in ('core', 'history', 'quality')
    else own -%}
{% set access = 'public' if floor == 'marts' else 'private' -%}
{% if model.access != access -%}
{% do faults.append(model.name ~ ' is ' ~ model.access ~ ', not ' ~ access) -%}
{% endif -%}
{% if model.group != group -%}
{% do faults.append(model.name ~ ' is of group ' ~ model.group ~ ', not ' ~ group) -%}
{% endif -%}
{% endfor -%}
{% endif -%}

{{ crm_warehouse.violations(faults) }}
