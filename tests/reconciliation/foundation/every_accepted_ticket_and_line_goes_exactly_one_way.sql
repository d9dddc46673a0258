-- accepted = fact + voided + after_as_of (+ without_ticket, of lines) in rows; in money
-- with header_from_lines and exchange_difference on the left.
with

signed as (

    select
        table_name,
        case
            when leg_code in ('accepted', 'header_from_lines', 'exchange_difference')
                then 1
            else -1
        end as sign,
        case
            when leg_code in ('header_from_lines', 'exchange_difference') then 0
            else row_count
        end as row_count,
        amount

    from {{ ref('reconciliation') }}

    where
        table_name in ('transactions', 'returns', 'transaction_lines')
        and leg_code in (
            'accepted', 'header_from_lines', 'exchange_difference', 'fact', 'voided',
            'after_as_of', 'without_ticket'
        )

)

select
    table_name,
    sum(sign * row_count) as lost_row_count,
    sum(sign * amount) as lost_amount

from signed

group by table_name

having sum(sign * row_count) != 0 or sum(sign * amount) != 0
