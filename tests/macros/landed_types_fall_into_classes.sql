{% set faults = [] -%}
{% for type, class in {
    'VARCHAR': 'text', 'string': 'text', 'BIGINT': 'whole', 'UINTEGER': 'whole',
    'HUGEINT': 'whole', 'long': 'whole', 'DECIMAL(18,4)': 'money', 'DECIMAL(10,2)': 'money',
    'decimal(18, 0)': 'decimal', 'DECIMAL(38,10)': 'decimal', 'DOUBLE': 'float',
    'FLOAT': 'float', 'DATE': 'date', 'TIMESTAMP_NS': 'clock',
    'TIMESTAMP': 'instant' if crm_warehouse.instant_type() == 'timestamp' else 'clock',
    'timestamp_ntz': 'clock', 'TIMESTAMP WITH TIME ZONE': 'instant', 'BOOLEAN': 'boolean',
    'INTERVAL': 'other', 'INTEGER[]': 'other', 'BLOB': 'other',
}.items() -%}
{% if crm_warehouse.landed_class(type) != class -%}
{% do faults.append(type ~ ' is taken for ' ~ crm_warehouse.landed_class(type)) -%}
{% endif -%}
{% endfor -%}

{{ crm_warehouse.violations(faults) }}
