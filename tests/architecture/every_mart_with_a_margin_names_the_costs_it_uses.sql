-- A margin is unknown without costs: a mart with one names them in meta.needs or
-- meta.uses, of which feature_status is made. A planned margin is handed over as such.
{% set costs = 'transaction_lines.cost_amount|products.unit_cost' -%}
{% set faults = [] -%}
{% if execute -%}
{% for model in crm_warehouse.own_nodes() if model.access == 'public' -%}
{% set meta = model.config.meta -%}
{% set told = (meta.get('needs') or []) + (meta.get('uses') or []) -%}
{% set margins = [] -%}
{% for column in model.columns
    if 'margin_' in column and not column.startswith('target_') -%}
{% do margins.append(column) -%}
{% endfor -%}
{% if margins and costs not in told -%}
{% do faults.append(model.name ~ ' has ' ~ margins[0] ~ ' and does not name its costs') -%}
{% endif -%}
{% endfor -%}
{% endif -%}

{{ crm_warehouse.violations(faults) }}
