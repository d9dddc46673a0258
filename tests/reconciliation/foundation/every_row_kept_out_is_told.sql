-- quality.quarantined_rows has as many rows of each raw table as its legs say.
with

told as (

    select
        table_name,
        verdict_code as leg_code,
        count(*) as row_count

    from {{ ref('quarantined_rows') }}

    group by table_name, verdict_code

),

legs as (

    select
        table_name,
        leg_code,
        row_count

    from {{ ref('reconciliation') }}

    where leg_code in ('quarantined', 'rejected')

)

select
    coalesce(legs.table_name, told.table_name) as table_name,
    coalesce(legs.leg_code, told.leg_code) as leg_code,
    legs.row_count as leg_row_count,
    told.row_count as told_row_count

from legs

full outer join told
    on legs.table_name = told.table_name
    and legs.leg_code = told.leg_code

where coalesce(legs.row_count, 0) != coalesce(told.row_count, 0)
