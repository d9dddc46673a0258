-- 9 before 10, a corrected file after the one it corrects, whatever sorts before a dot.
with

cases as (

    select examples.*

    from (
        values
        (1, 'tickets/2025-05.csv'),
        (2, 'tickets/2025-05 (1).csv'),
        (3, 'tickets/2025-05-corrected.csv'),
        (4, 'tickets/2025-9.parquet'),
        (5, 'tickets/2025-10.csv')
    ) as examples (expected, file_name)

),

ordered as (

    select
        *,
        row_number() over (
            order by {{ crm_warehouse.natural_order('file_name') }} asc, file_name asc
        ) as found

    from cases

)

select * from ordered

where found is distinct from expected
