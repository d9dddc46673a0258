-- The legs are counted where tickets are settled; here they are counted in the facts.
with

legs as (

    select
        case when table_name = 'transaction_lines' then 'lines' else 'tickets' end
            as fact,
        sum(row_count) as row_count,
        sum(case when table_name = 'returns' then -amount else amount end) as amount

    from {{ ref('reconciliation') }}

    where leg_code = 'fact'

    group by case when table_name = 'transaction_lines' then 'lines' else 'tickets' end

),

facts as (

    select
        'tickets' as fact,
        count(*) as row_count,
        sum(net_sales_amount) as amount

    from {{ ref('fct_transactions') }}

    union all

    select
        'lines' as fact,
        count(*) as row_count,
        sum(net_sales_amount) as amount

    from {{ ref('fct_transaction_lines') }}

)

select
    legs.fact,
    legs.row_count as leg_row_count,
    facts.row_count as fact_row_count,
    legs.amount as leg_amount,
    facts.amount as fact_amount

from legs

inner join facts
    on legs.fact = facts.fact

where
    legs.row_count != facts.row_count
    or coalesce(legs.amount, 0) != coalesce(facts.amount, 0)
