-- What the contract has no column for: one row per household and attribute.
select
    cast(household_id as varchar) as member_id,
    attribute,
    value
from (
    unpivot demographics
    on
        age,
        home_ownership,
        household_comp,
        kids_count
    into name attribute value value
)
order by
    member_id,
    attribute
