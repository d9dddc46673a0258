-- A longer one is two steps of thought.
{% set faults = [] -%}
{% if execute -%}
{% for model in crm_warehouse.own_nodes() if model.resource_type == 'model' -%}
{% set line_count = model.raw_code.strip().split('\n') | length -%}
{% if line_count > 100 -%}
{% do faults.append(model.name ~ ' has ' ~ line_count ~ ' lines') -%}
{% endif -%}
{% endfor -%}
{% endif -%}

{{ crm_warehouse.violations(faults) }}
