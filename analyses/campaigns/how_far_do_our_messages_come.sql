-- 客户对广告或沟通的接受率: from contact to delivery, opening, answer and purchase, campaign by
-- campaign.
select
    responses.campaign_id,
    campaigns.campaign_name,
    campaigns.channel,
    responses.reached_count,
    responses.delivered_rate,
    responses.opened_of_delivered_rate,
    responses.responded_of_opened_rate,
    responses.bought_of_responded_rate,
    responses.response_rate,
    responses.opted_out_rate,
    responses.buyer_rate

from {{ ref('agg_campaign_responses') }} as responses
left join {{ ref('dim_campaigns') }} as campaigns
    on responses.campaign_id = campaigns.campaign_id
where responses.scope_code = 'campaign' and responses.breakdown_code = 'all'
order by responses.response_rate desc nulls last, responses.campaign_id asc nulls last
