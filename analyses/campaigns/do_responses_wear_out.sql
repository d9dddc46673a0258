-- 响应率比以前下降: campaign after campaign, as it was and as if each had gone to the same mix
-- of segments; if only the first falls, it was the mix.
select
    sequence_number,
    campaign_id,
    campaign_name,
    channel,
    first_assigned_on,
    recorded_count,
    response_rate,
    standardised_response_rate,
    covered_share,
    response_change_rate,
    standardised_change_rate

from {{ ref('agg_campaign_sequences') }}
order by sequence_number asc nulls last
