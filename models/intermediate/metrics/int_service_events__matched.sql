-- Each served customer beside those of the pool with as many purchase days before the
-- same day, and by how much more their spending changed.
with

spendings as (

    select * from {{ ref('int_service_spendings__summed') }}

),

matches as (

    select * from {{ ref('rule_service_matches') }}

),

classed as (

    select
        spendings.*,
        matches.match_code

    from spendings
    inner join matches
        on spendings.before_day_count
        between matches.least_days and matches.greatest_days

),

pools as (

    select
        opened_on,
        match_code,
        count(*) as pool_count,
        sum(before_amount) as before_amount,
        sum(after_amount) as after_amount

    from classed
    where ticket_id is null
    group by opened_on, match_code

),

compared as (

    select
        classed.ticket_id,
        classed.match_code,
        classed.before_amount,
        classed.after_amount,
        coalesce(pools.pool_count, 0) as pool_count,
        cast({{ crm_warehouse.safe_ratio(
            'pools.before_amount', 'pools.pool_count'
        ) }} as decimal(18, 4)) as matched_before_amount,
        cast({{ crm_warehouse.safe_ratio(
            'pools.after_amount', 'pools.pool_count'
        ) }} as decimal(18, 4)) as matched_after_amount

    from classed
    left join pools
        on classed.opened_on = pools.opened_on
        and classed.match_code = pools.match_code
    where classed.ticket_id is not null

),

matched as (

    select
        compared.*,
        events.is_complaint,
        events.ticket_type,
        events.channel,
        events.effect_days,
        cast(
            (compared.after_amount - compared.before_amount)
            - (compared.matched_after_amount - compared.matched_before_amount)
            as decimal(18, 4)
        ) as effect_amount

    from compared
    inner join {{ ref('int_service_events__dated') }} as events
        on compared.ticket_id = events.ticket_id

)

select * from matched
