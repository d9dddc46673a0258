-- Each reason that a row names is one of rule_quarantine_reasons.
with

named as (

    select distinct reasons
    from {{ ref('quarantined_rows') }}

),

unknown as (

    select named.reasons

    from named
    left join {{ ref('rule_quarantine_reasons') }} as known
        on concat(', ', replace(named.reasons, ': ', ', '), ',')
        like concat('%, ', known.reason_code, ',%')
    where known.reason_code is null

)

select * from unknown
