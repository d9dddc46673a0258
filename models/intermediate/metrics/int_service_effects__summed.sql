-- Effects by split. Sums are of matched events only: both sides are of the same ones.
with

events as (

    select * from {{ ref('int_service_events__matched') }}

),

splits as (

    select * from {{ ref('rule_service_effect_splits') }}

),

placed as (

    select
        events.*,
        splits.breakdown_name,
        splits.breakdown_label,
        splits.breakdown_label_zh,
        coalesce(
            case splits.breakdown_name
                when 'complaint'
                    then
                        case events.is_complaint
                            when true then 'complaint' when false then 'request'
                        end
                when 'ticket_type' then events.ticket_type
                when 'channel' then events.channel
            end,
            splits.unknown_value
        ) as breakdown_value

    from events
    cross join splits

),

summed as (

    select
        breakdown_name,
        breakdown_value,
        breakdown_label,
        breakdown_label_zh,
        effect_days,
        count(*) as event_count,
        count(effect_amount) as matched_count,
        {% for name in ('before_amount', 'after_amount', 'matched_before_amount',
            'matched_after_amount') -%}
        sum(case when effect_amount is not null then {{ name }} end) as {{ name }},
        {% endfor -%}
        sum(effect_amount) as effect_amount,
        cast(sum(cast(effect_amount as decimal(19, 4)) * effect_amount) as double)
            as squares

    from placed
    group by all

)

select * from summed
