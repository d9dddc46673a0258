-- read = accepted + duplicate + superseded + quarantined + rejected, in rows, in money
-- and in unreadable amounts. What was read is counted apart from the SQL that judges
-- it.
with

signed as (

    select
        table_name,
        case when leg_code = 'read' then 1 else -1 end as sign,
        row_count,
        amount,
        unreadable_amount_count

    from {{ ref('reconciliation') }}

    where
        leg_code in (
            'read', 'accepted', 'duplicate', 'superseded', 'quarantined', 'rejected'
        )

)

select
    table_name,
    sum(sign * row_count) as lost_row_count,
    sum(sign * amount) as lost_amount,
    sum(sign * unreadable_amount_count) as lost_unreadable_amount_count

from signed

group by table_name

having
    sum(sign * row_count) != 0
    or sum(sign * amount) != 0
    or sum(sign * unreadable_amount_count) != 0
    or count(*) != 6
