-- Households that shopped; 801 of 2,469 told who they are. Ages are bands there, and the
-- contract knows birth dates, so they are an attribute.
select
    cast(households.household_id as varchar) as member_id,
    cast(households.household_id as varchar) as household_id,
    lower(demographics.marital_status) as marital_status,
    demographics.income as income_band,
    cast(rtrim(demographics.household_size, '+') as integer) as household_size
from (select distinct household_id from transactions) as households
left join demographics on households.household_id = demographics.household_id
order by member_id
