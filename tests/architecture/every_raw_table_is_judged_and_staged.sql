-- The names in raw_table_names are those of the contract, and each has its base and
-- stg.
{% set faults = [] -%}
{% if execute -%}
{% set contract = [] -%}
{% for source in crm_warehouse.own_sources() if crm_warehouse.room(source) == 'raw' -%}
{% do contract.append((source.source_name, source.name)) -%}
{% endfor -%}
{% set models = crm_warehouse.own_nodes() | selectattr('resource_type', 'eq', 'model')
    | map(attribute='name') | list -%}
{% for system, table in contract -%}
{% if (system, table) not in crm_warehouse.raw_table_names() -%}
{% do faults.append(table ~ ' is missing in the macro raw_table_names') -%}
{% endif -%}
{% for layer in ('base', 'stg') if layer ~ '_' ~ system ~ '__' ~ table not in models -%}
{% do faults.append(table ~ ' has no model ' ~ layer ~ '_' ~ system ~ '__' ~ table) -%}
{% endfor -%}
{% endfor -%}
{% for name in crm_warehouse.raw_table_names() if name not in contract -%}
{% do faults.append(name[1] ~ ' of raw_table_names is no table of the contract') -%}
{% endfor -%}
{% endif -%}

{{ crm_warehouse.violations(faults) }}
