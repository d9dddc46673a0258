{% set faults = [] -%}
{% if execute -%}
{% for model in crm_warehouse.own_nodes() if model.resource_type == 'model' -%}
{% if not model.config.contract.enforced -%}
{% do faults.append(model.name ~ ' has no enforced contract') -%}
{% endif -%}
{% if not modules.re.match('One row( per |: )', model.description) -%}
{% do faults.append(model.name ~ ' does not say what a row is: One row per ...') -%}
{% endif -%}
{% for column in model.columns.values()
    if column.description | trim | length < 5 or '...' == column.description | trim -%}
{% do faults.append(model.name ~ '.' ~ column.name ~ ' is not described') -%}
{% endfor -%}
{% endfor -%}
{% endif -%}

{{ crm_warehouse.violations(faults) }}
