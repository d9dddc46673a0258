-- The loyalty card is that of a household.
select distinct
    cast(household_id as varchar) as card_id,
    cast(household_id as varchar) as member_id
from transactions
order by card_id
