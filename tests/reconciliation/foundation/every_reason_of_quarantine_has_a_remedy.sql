-- Each reason that a row names is one of rule_quarantine_reasons. The reasons of a row
-- are parted by a semicolon and may name their column: `a: missing; conflict`.
with

named as (

    select distinct
        reasons,
        1 + length(reasons) - length(replace(reasons, ';', '')) as reason_count,
        concat(', ', replace(replace(reasons, ': ', ', '), '; ', ', , '), ',')
            as codes

    from {{ ref('quarantined_rows') }}

),

-- Each place of a known code shortens the text by one letter.
known as (

    select
        named.reasons,
        named.reason_count,
        sum(length(named.codes) - length(replace(
            named.codes,
            concat(', ', reasons.reason_code, ','),
            concat(' ', reasons.reason_code, ',')
        ))) as known_count

    from named
    cross join {{ ref('rule_quarantine_reasons') }} as reasons
    group by named.reasons, named.reason_count

)

select * from known
where known_count != reason_count
