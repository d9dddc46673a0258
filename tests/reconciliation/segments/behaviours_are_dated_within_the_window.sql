-- And were shown at least once. More may be returned than was bought in the window.
with

behaviours as (

    select * from {{ ref('seg_behaviours') }}

)

select *
from behaviours
where
    first_on < window_start_on
    or last_on < first_on
    or last_on > as_of_on
    or evidence_count < 1
    or kind_code != 'return' and coalesce(evidence_share not between 0 and 1, true)
