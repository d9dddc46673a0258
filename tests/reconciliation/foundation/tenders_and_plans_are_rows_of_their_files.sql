-- Tenders, costs and targets are rows that were accepted, each told once; where all of
-- them are facts, so is all of their money. Tenders of foreign tickets are in the base
-- currency here, so their money is not compared.
with

facts as (

    select
        'tenders' as table_name,
        count(*) as row_count,
        cast(null as decimal(38, 4)) as amount
    from {{ ref('fct_tenders') }}
    union all
    select
        'costs' as table_name,
        count(*) as row_count,
        cast(sum(cost_amount) as decimal(38, 4)) as amount
    from {{ ref('fct_costs') }}
    union all
    select
        'targets' as table_name,
        count(*) as row_count,
        cast(sum(target_sales_amount) as decimal(38, 4)) as amount
    from {{ ref('fct_targets') }}

),

accepted as (

    select
        table_name,
        row_count,
        amount

    from {{ ref('reconciliation') }}
    where leg_code = 'accepted'

)

select
    facts.*,
    accepted.row_count as accepted_count,
    accepted.amount as accepted_amount

from facts
left join accepted on facts.table_name = accepted.table_name
where
    facts.row_count > coalesce(accepted.row_count, 0)
    or (
        facts.row_count = accepted.row_count
        and facts.amount is not null
        and facts.amount is distinct from accepted.amount
    )
