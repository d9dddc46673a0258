-- scipy.stats.chi2_contingency(correction=False) of the same counts; the last ones are
-- of a billion tickets, and of a product that is on all of them.
with

given as (

    select cases.*
    from (
        values
        (20, 50, 40, 100, 0.000000),
        (30, 50, 40, 100, 16.666667),
        (10, 50, 40, 100, 16.666667),
        (5, 7, 11, 1000, 320.496585),
        (1, 1, 1, 1000, 1000.000000),
        (400000, 500000, 700000, 1000000000, 456891316.811070),
        (40, 100, 40, 100, null)
    ) as cases (both_count, first_count, second_count, whole_count, expected)

),

counted as (

    select
        *,
        {{ chi_squared('both_count', 'first_count', 'second_count', 'whole_count') }}
            as told

    from given

)

select *
from counted
where told is distinct from cast(expected as decimal(18, 6))
