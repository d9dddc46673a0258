-- Mean gap * gaps = days between both; and what follows from gaps as such.
with

rhythms as (

    select * from {{ ref('seg_regularity') }}

)

select *
from rhythms
where
    abs(
        mean_gap_days * gap_count
        - {{ crm_warehouse.days_between('first_purchase_on', 'last_purchase_on') }}
    ) > 0.001 * gap_count
    or median_gap_days < 1
    or variation_coefficient < 0
    or regularity_coefficient < 0
    or clumpiness not between 0 and 1
    or (gap_count = 0) != (median_gap_days is null)
    or (gap_count < 2) != (variation_coefficient is null)
    or next_due_on <= last_purchase_on
    or (due_basis_code is null) != (next_due_on is null)
    or (due_basis_code = 'own') != (overdue_ratio is not null)
