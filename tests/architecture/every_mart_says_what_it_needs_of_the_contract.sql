-- quality.feature_status is made of meta.needs and meta.uses: a table or table.column
-- of the contract.
{% set faults = [] -%}
{% if execute -%}
{% set known = [] -%}
{% for source in crm_warehouse.own_sources() if crm_warehouse.room(source) == 'raw' -%}
{% do known.append(source.name) -%}
{% for column in source.columns -%}
{% do known.append(source.name ~ '.' ~ column) -%}
{% endfor -%}
{% endfor -%}
{% for model in crm_warehouse.own_nodes() if model.access == 'public' -%}
{% set needs = model.config.meta.get('needs') or [] -%}
{% if not needs -%}
{% do faults.append(model.name ~ ' does not say what it needs') -%}
{% endif -%}
{% for need in needs + (model.config.meta.get('uses') or []) -%}
{% for alternative in need.split('|') if alternative not in known -%}
{% do faults.append(model.name ~ ' needs ' ~ alternative
    ~ ', which is not in the contract') -%}
{% endfor -%}
{% endfor -%}
{% endfor -%}
{% endif -%}

{{ crm_warehouse.violations(faults) }}
