-- In each measure; and kinds of calls add up to all calls.
with

measures as (

    select * from {{ ref('agg_cross_selling') }}

),

calls as (

    select
        sum(case when is_total then entity_count else -entity_count end) as entity_gap,
        sum(case when is_total then risen_count else -risen_count end) as risen_gap

    from measures
    where measure_code = 'service_attach'

)

select measure_code as fault
from measures
where entity_count != risen_count + unchanged_count + fallen_count

union all

select 'calls' as fault
from calls
where entity_gap != 0 or risen_gap != 0
