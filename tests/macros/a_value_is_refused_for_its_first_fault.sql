-- In the order: shape, missing, unknown, out of range, in the future.
{% set cases = [
    ({'type': 'money', 'is_required': true}, 'text', {
        '1': none, '1.00005': 'too_many_decimals', '1e2': 'not_a_number',
        '123456789012345': 'out_of_range', ' ': 'missing',
    }),
    ({'type': 'money', 'min': 0}, 'text', {'0': none, '-0.01': 'out_of_range', ' ': none}),
    ({'type': 'integer'}, 'text', {'1': none, '1.5': 'not_a_whole_number'}),
    ({'type': 'measure', 'max': 10}, 'text', {'10': none, '10.1': 'out_of_range'}),
    ({'type': 'rate', 'greater_than': 0}, 'text', {'0.1': none, '0': 'out_of_range'}),
    ({'type': 'date'}, 'text', {
        '2026-10-31': none, '2026-11-01': 'in_the_future', '2099-01-01': 'in_the_future',
        '31.10.2026': 'not_a_date',
    }),
    ({'type': 'date', 'may_be_future': true}, 'text', {'2099-01-01': none}),
    ({'type': 'month'}, 'text', {'2026-10': none, '2026-11': 'in_the_future', 'Oct': 'not_a_month'}),
    ({'type': 'timestamp'}, 'text', {'2026-10-31 23:59': none, 'noon': 'not_a_timestamp'}),
    ({'type': 'birth_date'}, 'text', {
        '2026-10-31': none, '--12-31': none, '2026-11-01': 'in_the_future', 'May': 'not_a_date',
    }),
    ({'type': 'boolean'}, 'text', {'true': none, 'yes': 'not_a_boolean'}),
    ({'type': 'text', 'values': ['sale', 'return']}, 'text', {
        'Return ': none, 'gift': 'unknown_value', ' ': none,
    }),
    ({'type': 'text', 'is_timezone': true}, 'text', {
        'Asia/Shanghai': none, 'Shanghai': 'unknown_value', '+08:00': 'unknown_value',
        ' ': none,
    }),
    ({'type': 'text', 'is_required': true}, 'text', {'x': none, ' ': 'missing'}),
] -%}
with

read as (

    {% for column, landed, values in cases -%}
    select
        {{ loop.index }} as case_number,
        raw,
        expected,
        case
            {%- for when, reason in crm_warehouse.judged_fault(
                column, 'raw', 'value', landed
            ) %}
            when {{ when }} then {{ reason }}
            {%- endfor %}
        end as actual

    from (
        select
            cases.raw,
            cases.expected,
            date '2026-10-31' as landed_on,
            {{ crm_warehouse.judged_value(column, 'raw', landed) }} as value

        from (
            values
            {%- for raw, expected in values.items() %}
            ('{{ raw }}', {{ "'" ~ expected ~ "'" if expected else 'null' }})
            {%- if not loop.last %},{% endif %}
            {%- endfor %}
        ) as cases (raw, expected)
    ) as judged

    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select *

from read

where actual is distinct from expected
