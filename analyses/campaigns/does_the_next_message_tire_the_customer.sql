-- 与客户接触的次数: response by the number of the contact with the customer (fatigue), all
-- campaigns together, and by how many there were in the last days.
select
    breakdown_name,
    breakdown_name_zh,
    value_name,
    value_name_zh,
    customer_count,
    recorded_count,
    response_rate,
    smoothed_response_rate,
    opted_out_rate

from {{ ref('agg_campaign_responses') }}
where
    scope_code = 'all'
    and breakdown_code in ('contact_number', 'recent_contacts')
order by breakdown_name asc nulls last, value_order asc nulls last
