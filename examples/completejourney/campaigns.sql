select
    cast(campaign_id as varchar) as campaign_id,
    'Campaign ' || campaign_id as campaign_name,
    campaign_type,
    cast(start_date as date) as started_on,
    cast(end_date as date) as ended_on
from campaign_descriptions
order by campaign_id
