-- Whose consents do not count: who opted out, and whose newest row cannot be read.
with

members as (

    select * from {{ ref('int_members__resolved') }}

),

-- An opting out counts from the day on which it is known, also for a day told before.
opted_out as (

    select
        responses.member_id,
        true as has_opted_out,
        false as is_unreadable

    from {{ ref('stg_crm__campaign_responses') }} as responses

    inner join {{ ref('rule_response_types') }} as types
        on lower(responses.response_type) = types.response_type

    where types.is_opt_out

),

doubtful as (

    select distinct member_id

    from {{ ref('base_crm__members') }}

    where member_id is not null and verdict_code = 'quarantined'

),

delivered as (

    select
        member_id,
        verdict_code,
        row_number() over (
            partition by member_id
            order by
                {{ crm_warehouse.natural_order('file_name') }} desc nulls last,
                file_name desc nulls last,
                file_line desc nulls last
        ) as delivery_rank

    from {{ ref('base_crm__members') }}

    where member_id in (select member_id from doubtful)

),

unreadable as (

    select
        member_id,
        false as has_opted_out,
        true as is_unreadable

    from delivered

    where delivery_rank = 1 and verdict_code = 'quarantined'

),

united as (

    select * from opted_out

    union all

    select * from unreadable

),

withheld as (

    select
        coalesce(members.customer_id, united.member_id) as customer_id,
        bool_or(united.has_opted_out) as has_opted_out,
        bool_or(united.is_unreadable) as is_consent_unreadable

    from united

    left join members
        on united.member_id = members.member_id

    group by coalesce(members.customer_id, united.member_id)

)

select * from withheld
