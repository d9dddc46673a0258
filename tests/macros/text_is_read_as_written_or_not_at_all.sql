-- A cast is too kind: what it would round or guess is no value here.
{% set cases = {
    'money': {
        '1234.5': '1234.5', ' 7 ': '7', '+.5': '0.5', '-0.0001': '-0.0001', '1.': none,
        '1.00005': none, '1,234.50': none, '1_000': none, '1e2': none, 'NaN': none,
        'infinity': none, '-inf': none, '0x10': none, '¥5': none, '(5)': none, '': none,
        '999999999999.9999': '999999999999.9999', '1000000000000': none,
        '1.500000': '1.5', '1.000050': none,
    },
    'measure': {
        '1.5': '1.5', '0.1234567': '0.123457', '1.': '1', '1e2': none, '1_000': none,
        '999999999999': '999999999999', '1000000000000': none,
    },
    'rate': {'7.1234567891': '7.1234567891', '-1': '-1', 'NaN': none},
    'integer': {'17': '17', '-3': '-3', '17.0': '17', '17.5': none, '1e2': none, '1_0': none},
    'date': {
        '2024-02-29': '2024-02-29', '2024-02-30': none, '2025-2-3': none, '20250203': none,
        '2025-02-03 00:00:00': '2025-02-03', '2025-02-03T00:00': '2025-02-03',
        '2025-02-03 10:00:00': none, 'infinity': none, 'epoch': none, '03/02/2025': none,
    },
    'month': {
        '2025-02': '2025-02-01', '2025-02-28': '2025-02-01', '2025-13': none, '2025-2': none,
        'February': none,
    },
    'timestamp': {
        '2025-02-03 10:15:00': '2025-02-03 10:15:00', '2025-02-03': '2025-02-03 00:00:00',
        '2025-02-03T10:15:00.25Z': '2025-02-03 10:15:00.25', '2025-02-03 10:15':
        '2025-02-03 10:15:00', '2025-02-03T10:15:00-05:00': '2025-02-03 10:15:00',
        '2025-02-03 25:00:00': none, '2025-02-03 10': none, 'infinity': none, 'now': none,
    },
    'boolean': {'true': 'true', 'FALSE': 'false', ' True ': 'true', '1': none, 'yes': none},
} -%}
with

read as (

    {% for type, values in cases.items() -%}
    {% set column = {'type': type} -%}
    select
        '{{ type }}' as type_name,
        cases.raw,
        cases.expected,
        cast({{ crm_warehouse.judged_value(column, 'raw', 'text') }} as string)
            as actual,
        cast(cast(cases.expected as {{ crm_warehouse.judged_type(column) }}) as string)
            as wanted

    from (
        values
        {%- for raw, expected in values.items() %}
        ('{{ raw }}', {{ "'" ~ expected ~ "'" if expected else 'null' }})
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    ) as cases (raw, expected)

    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select *

from read

where actual is distinct from wanted
