-- Each breakdown holds every contact of its campaign once, and all campaigns together
-- are the contacts of customers; no breakdown finds an answer that others do not.
with

responses as (

    select * from {{ ref('agg_campaign_responses') }}

),

contacts as (

    select
        campaign_id,
        count(*) as contact_count

    from {{ ref('fct_campaign_contacts') }}
    where not is_control and customer_id is not null
    group by campaign_id

),

whole as (

    select sum(contact_count) as contact_count from contacts

),

expected as (

    select
        responses.scope_code,
        responses.campaign_id,
        responses.responded_count,
        breakdowns.breakdown_code,
        coalesce(contacts.contact_count, whole.contact_count) as reached_count

    from responses
    cross join {{ ref('rule_campaign_breakdowns') }} as breakdowns
    cross join whole
    left join contacts
        on responses.scope_code = 'campaign'
        and responses.campaign_id = contacts.campaign_id
    where responses.breakdown_code = 'all'

),

sums as (

    select
        scope_code,
        campaign_id,
        breakdown_code,
        sum(reached_count) as reached_count,
        sum(responded_count) as responded_count

    from responses
    group by scope_code, campaign_id, breakdown_code

)

select
    expected.*,
    sums.reached_count as told_reached_count,
    sums.responded_count as told_responded_count

from expected
full outer join sums
    on expected.scope_code = sums.scope_code
    and expected.campaign_id = sums.campaign_id
    and expected.breakdown_code = sums.breakdown_code
where
    expected.reached_count is distinct from sums.reached_count
    or expected.responded_count is distinct from sums.responded_count

union all

select
    'contacts without a row' as scope_code,
    contacts.campaign_id,
    null as responded_count,
    null as breakdown_code,
    contacts.contact_count as reached_count,
    null as told_reached_count,
    null as told_responded_count

from contacts
left join responses
    on contacts.campaign_id = responses.campaign_id
    and responses.scope_code = 'campaign'
where responses.campaign_id is null
