-- Typed Parquet needs no reading, but the same law: nothing is rounded.
{% set money = {'type': 'money'} -%}
{% set measure = {'type': 'measure'} -%}
{% set whole = {'type': 'integer'} -%}
{% set day = {'type': 'date'} -%}
{% set month = {'type': 'month'} -%}
with

read as (

    select
        'money of float' as what,
        cast(cases.raw as string) as raw,
        cast(cases.expected as string) as expected,
        cast({{ crm_warehouse.judged_value(money, 'raw', 'float') }} as string)
            as actual

    from (
        values
        (cast(1.1 as double), cast(1.1 as decimal(18, 4))), (0.1, 0.1), (-17, -17),
        (1.00005, null), (1e15, null), (cast('NaN' as double), null),
        (cast('infinity' as double), null)
    ) as cases (raw, expected)

    union all

    select
        'money of decimal' as what,
        cast(cases.raw as string) as raw,
        cast(cases.expected as string) as expected,
        cast({{ crm_warehouse.judged_value(money, 'raw', 'decimal') }} as string)
            as actual

    from (
        values
        (cast(1.5 as decimal(30, 6)), cast(1.5 as decimal(18, 4))), (1.00005, null),
        (1000000000000, null)
    ) as cases (raw, expected)

    union all

    select
        'money of money' as what,
        cast(cases.raw as string) as raw,
        cast(cases.expected as string) as expected,
        cast({{ crm_warehouse.judged_value(money, 'raw', 'money') }} as string)
            as actual

    from (
        values
        (cast(1.5 as decimal(18, 4)), cast(1.5 as decimal(18, 4))),
        (-999999999999.9999, -999999999999.9999), (1000000000000, null)
    ) as cases (raw, expected)

    union all

    select
        'money of whole' as what,
        cast(cases.raw as string) as raw,
        cast(cases.expected as string) as expected,
        cast({{ crm_warehouse.judged_value(money, 'raw', 'whole') }} as string)
            as actual

    from (
        values
        (cast(7 as bigint), cast(7 as decimal(18, 4))), (1000000000000, null)
    ) as cases (raw, expected)

    union all

    select
        'measure of float' as what,
        cast(cases.raw as string) as raw,
        cast(cases.expected as string) as expected,
        cast({{ crm_warehouse.judged_value(measure, 'raw', 'float') }} as string)
            as actual

    from (
        values
        (cast(0.125 as double), cast(0.125 as decimal(18, 6))),
        (cast('NaN' as double), null)
    ) as cases (raw, expected)

    union all

    select
        'whole number of float' as what,
        cast(cases.raw as string) as raw,
        cast(cases.expected as string) as expected,
        cast({{ crm_warehouse.judged_value(whole, 'raw', 'float') }} as string)
            as actual

    from (values (cast(17 as double), 17), (17.5, null)) as cases (raw, expected)

    union all

    select
        'date of clock' as what,
        cast(cases.raw as string) as raw,
        cast(cases.expected as string) as expected,
        cast({{ crm_warehouse.judged_value(day, 'raw', 'clock') }} as string)
            as actual

    from (
        values
        (timestamp '2025-02-03 00:00:00', date '2025-02-03'),
        (timestamp '2025-02-03 10:00:00', null)
    ) as cases (raw, expected)

    union all

    select
        'month of date' as what,
        cast(cases.raw as string) as raw,
        cast(cases.expected as string) as expected,
        cast({{ crm_warehouse.judged_value(month, 'raw', 'date') }} as string)
            as actual

    from (values (date '2025-02-28', date '2025-02-01')) as cases (raw, expected)

)

select *

from read

where actual is distinct from expected
