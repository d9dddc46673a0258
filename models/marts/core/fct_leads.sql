with

leads as (

    select * from {{ ref('stg_crm__leads') }}

),

judged as (

    select * from {{ ref('int_funnel_entities__judged') }}
    where entity_type = 'lead'

),

told as (

    select
        leads.lead_id,
        case
            when coalesce(cast(leads.converted_at as date) <= judged.as_of_on, true)
                then coalesce(members.customer_id, leads.member_id)
        end as customer_id,
        leads.campaign_id,
        leads.owner_staff_id,
        leads.source,
        leads.channel,
        judged.stage as status,
        judged.stage_code,
        judged.stage_kind,
        judged.is_mapped_stage,
        judged.is_open,
        judged.is_qualified,
        coalesce(judged.outcome_kind = 'won', false) as is_converted,
        leads.created_at,
        cast(leads.created_at as date) as created_on,
        case when judged.outcome_kind = 'won' then judged.closed_at end as converted_at,
        case when judged.outcome_kind = 'won' then cast(judged.closed_at as date) end
            as converted_on,
        cast(judged.closed_at as date) as closed_on,
        judged.as_of_on

    from leads
    inner join judged on leads.lead_id = judged.entity_id
    left join {{ ref('int_members__resolved') }} as members
        on leads.member_id = members.member_id

)

select * from told
