-- Each split holds as many episodes, and the effect is what both sides changed by.
with

effects as (

    select * from {{ ref('agg_service_effects') }}

),

splits as (

    select
        breakdown_name,
        sum(event_count) as event_count,
        sum(matched_count) as matched_count

    from effects
    group by breakdown_name

),

uneven as (

    select breakdown_name from splits
    where
        event_count != (
            select wholes.event_count from splits as wholes
            where wholes.breakdown_name = 'all'
        )

)

select breakdown_name from uneven

union all

select breakdown_name from effects
where
    abs(
        mean_after_amount - mean_before_amount
        - mean_matched_after_amount + mean_matched_before_amount
        - mean_effect_amount
    ) > 0.001
    or matched_count > event_count
