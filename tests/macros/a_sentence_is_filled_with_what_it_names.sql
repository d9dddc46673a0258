-- A name may stand twice, or not at all.
with

cases as (

    select
        examples.*,
        {{ crm_warehouse.fill_sentence('template', {
            'stage': 'stage', 'rate': 'rate', 'day': "date '2026-09-07'"
        }) }} as actual

    from (
        values
        ('{stage}: {rate} % from {day}', 'New', 4.2, 'New: 4.2 % from 2026-09-07'),
        ('{stage}, {stage}', '新', 4.2, '新, 新'),
        ('none', 'New', 4.2, 'none'),
        ('{stage}', 'New', null, null)
    ) as examples (template, stage, rate, expected)

)

select *

from cases

where actual is distinct from expected
