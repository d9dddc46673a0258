-- 1003 distinct customers: 201, 201, 200, 201, 200; equals score equal; never above 5.
with

cases as (

    select examples.*
    from (
        values
        (0, 1003, 5, 1),
        (200, 1003, 5, 1),
        (201, 1003, 5, 2),
        (401, 1003, 5, 2),
        (402, 1003, 5, 3),
        (601, 1003, 5, 3),
        (602, 1003, 5, 4),
        (802, 1003, 5, 4),
        (803, 1003, 5, 5),
        (1002, 1003, 5, 5),
        (1003, 1003, 5, 5),
        (0, 1, 5, 1),
        (1, 2, 5, 3),
        (5, 10, 10, 6),
        (0, 0, 5, null),
        (null, 10, 5, null)
    ) as examples (worse_count, population_count, score_count, expected_score)

),

scored as (

    select
        *,
        {{ crm_warehouse.relative_score(
            'worse_count', 'population_count', 'score_count'
        ) }} as actual_score

    from cases

)

select *
from scored
where actual_score is distinct from expected_score
