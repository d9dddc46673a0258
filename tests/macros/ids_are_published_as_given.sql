-- But for outer blanks, and for the decimals that a spreadsheet gave a whole number.
{% set id = {'type': 'text'} -%}
{% set word = {'type': 'text', 'values': ['sale']} -%}
{% set birthday = {'type': 'birth_date'} -%}
with

read as (

    select
        cases.raw,
        cases.expected,
        {{ crm_warehouse.judged_value(id, 'raw', 'text') }} as actual

    from (
        values
        ('00017', '00017'), ('17.0', '17.0'), (' A 1 ', 'A 1'), ('顾客', '顾客'),
        ('  ', null), (null, null)
    ) as cases (raw, expected)

    union all

    select
        cast(cases.raw as string) as raw,
        cases.expected,
        {{ crm_warehouse.judged_value(id, 'raw', 'float') }} as actual

    from (
        values
        (cast(17 as double), '17'), (17.5, '17.5'), (-3, '-3'), (null, null)
    ) as cases (raw, expected)

    union all

    select
        cast(cases.raw as string) as raw,
        cases.expected,
        {{ crm_warehouse.judged_value(id, 'raw', 'whole') }} as actual

    from (values (17, '17'), (null, null)) as cases (raw, expected)

    union all

    select
        cases.raw,
        cases.expected,
        {{ crm_warehouse.judged_value(word, 'raw', 'text') }} as actual

    from (
        values
        (' SALE', 'sale'), ('Gift', 'gift'), (' ', null)
    ) as cases (raw, expected)

    union all

    select
        cases.raw,
        cases.expected,
        {{ crm_warehouse.judged_value(birthday, 'raw', 'text') }} as actual

    from (
        values
        ('1990-02-28', '1990-02-28'), ('--02-29', '--02-29'), ('--02-30', null),
        ('1990-02-29', null), ('--2-3', null)
    ) as cases (raw, expected)

)

select *

from read

where actual is distinct from expected
