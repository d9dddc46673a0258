-- Under every breakdown the values add up to the entries, the first stage holds all who
-- entered, nobody is reached later than before, and the open ones are the open ones.
with

entries as (

    select
        entity_type,
        count(*) as entry_count,
        count(distinct entity_id) as entity_count,
        count(*) filter (where is_current) as current_count,
        count(distinct case when outcome_kind = 'lost' then entity_id end) as lost_count

    from {{ ref('fct_funnel_entries') }}
    group by entity_type

),

stages as (

    select
        *,
        row_number() over (
            partition by entity_type, breakdown_name, breakdown_value
            order by stage_order asc
        ) as stage_number,
        lag(entered_count) over (
            partition by
                entity_type, breakdown_name, breakdown_value, lost_count is not null
            order by stage_order asc
        ) as previous_count

    from {{ ref('agg_funnel_stages') }}

),

breakdowns as (

    select
        entity_type,
        breakdown_name,
        sum(strict_count) as entry_count,
        sum(case when stage_number = 1 then entered_count end) as entity_count,
        sum(open_count) as current_count,
        sum(lost_count) as lost_count,
        count(*) filter (where entered_count < strict_count) as below_strict_count,
        count(*) filter (
            where lost_count is not null and entered_count > previous_count
        ) as rising_count

    from stages
    group by entity_type, breakdown_name

)

select breakdowns.*

from entries
left join breakdowns on entries.entity_type = breakdowns.entity_type
where
    breakdowns.entry_count is distinct from entries.entry_count
    or breakdowns.entity_count is distinct from entries.entity_count
    or breakdowns.current_count is distinct from entries.current_count
    or breakdowns.lost_count is distinct from entries.lost_count
    or breakdowns.below_strict_count > 0
    or breakdowns.rising_count > 0
