-- fact of transactions and returns = fact of transaction_lines + header_line_difference
-- + without_lines. Returns stand without a minus in their legs.
with

signed as (

    select
        case when table_name = 'returns' then -1 else 1 end
        * case
            when leg_code = 'fact' and table_name != 'transaction_lines' then 1
            else -1
        end
        * amount as amount

    from {{ ref('reconciliation') }}

    where leg_code in ('fact', 'header_line_difference', 'without_lines')

)

select sum(amount) as unexplained_amount

from signed

having sum(amount) != 0
