-- 响应率比以前下降: campaigns one after another, as if each had gone to the same segments.
with

counts as (

    select * from {{ ref('int_contacts__counted') }}
    where breakdown_code = 'segment' and responded_base_count > 0

),

standards as (

    select
        breakdown_value,
        responded_base_count as standard_count,
        sum(responded_base_count) over () as whole_count
    from counts
    where scope_code = 'all'

),

{# direct standardisation: the rate of each segment, weighted by all contacts of it #}
weighted as (

    select
        counts.campaign_id,
        cast(sum(counts.responded_base_count) as bigint) as recorded_count,
        cast(sum(counts.responded_count) as bigint) as responded_count,
        sum({{ crm_warehouse.safe_ratio(
            'counts.responded_count * standards.standard_count',
            'counts.responded_base_count'
        ) }}) as standard_responded_count,
        sum(standards.standard_count) as standard_count,
        max(standards.whole_count) as whole_count
    from counts
    inner join standards on counts.breakdown_value = standards.breakdown_value
    where counts.scope_code = 'campaign'
    group by counts.campaign_id

),

rated as (

    select
        weighted.campaign_id,
        cells.first_assigned_on,
        cells.as_of_on,
        weighted.recorded_count,
        weighted.responded_count,
        {{ crm_warehouse.safe_ratio(
            'weighted.responded_count', 'weighted.recorded_count'
        ) }} as response_rate,
        {{ crm_warehouse.safe_ratio(
            'weighted.standard_responded_count', 'weighted.standard_count'
        ) }} as standardised_response_rate,
        {{ crm_warehouse.safe_ratio(
            'weighted.standard_count', 'weighted.whole_count'
        ) }} as covered_share,
        cast(row_number() over (
            order by
                cells.first_assigned_on asc nulls last,
                weighted.campaign_id asc nulls last
        ) as bigint) as sequence_number
    from weighted
    inner join {{ ref('int_assignments__summed') }} as cells
        on weighted.campaign_id = cells.campaign_id

),

told as (

    select
        rated.campaign_id,
        rated.sequence_number,
        campaigns.campaign_name,
        campaigns.campaign_type,
        campaigns.channel,
        rated.first_assigned_on,
        rated.recorded_count,
        rated.responded_count,
        rated.response_rate,
        rated.standardised_response_rate,
        rated.covered_share,
        cast(rated.response_rate - previous.response_rate as decimal(18, 6))
            as response_change_rate,
        cast(
            rated.standardised_response_rate - previous.standardised_response_rate
            as decimal(18, 6)
        ) as standardised_change_rate,
        rated.as_of_on

    from rated
    left join rated as previous
        on rated.sequence_number = previous.sequence_number + 1
    left join {{ ref('dim_campaigns') }} as campaigns
        on rated.campaign_id = campaigns.campaign_id

)

select * from told
