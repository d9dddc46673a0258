-- Who got a campaign; when is not told, so it is its first day. No control was kept.
select
    campaigns.campaign_id || '-' || campaigns.household_id as contact_id,
    cast(campaigns.campaign_id as varchar) as campaign_id,
    cast(campaigns.household_id as varchar) as member_id,
    cast(campaign_descriptions.start_date as timestamp) as contacted_at,
    'treatment' as cell
from campaigns
inner join campaign_descriptions
    on campaigns.campaign_id = campaign_descriptions.campaign_id
order by contact_id
